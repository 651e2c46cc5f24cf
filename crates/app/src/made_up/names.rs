//! Invented names: stems of organisations, families, topics, outside bodies. Nobody is meant by any of them.

/// First words of organisations' names, one organisation each; the first ones play the planted parts (`members.rs`).
pub(super) const STEMS: &str = "\
    Tembelin Ostrinta Pallucor Norqlune Caldralis Mormoor Halbrant \
    Ardlanda Ardvex Bludrel Blumoor Bluvexa Brabelin Bradale Braquist Bravan Brawell Brenbelin Brenlucor Brenneth \
    Calbrick Callune Calmora Calvandi Cinbelin Cinllonis Cinnivo Crismint Dalmenivo Draydoria Drayvar Drodale Drotara \
    Evobrick Evolivar Evoneth Farrorion Farrotara Farrowick Fennidoria Fennindra Fennitara Ferbrant Fermere Ferquist \
    Fertrell Glabelin Glavaro Glindrel Glinnivo Glinpane Greyllonis Halbelin Halfeld Halmoor Hestroneth Hestrovane \
    Istrenta Iverrosa Iverwick Jarbrant Jarpane Jarthorne Jarvexa Jolaneth Jolapane Keldrel Kelthorne Kestrimark \
    Larkelanda Lumilanda Marqubelin Marqumint Mistrovar Mistrovexa Mormere Mornta Morquist Nimdoria Nimlucor Nimnivo \
    Norqmint Norqterix Olvamere Olvaquist Ombrosa Omlucor Ommoor Omvaro Omwell Orbebelin Orbetrevo Ostribelin \
    Paldoria Palelle Palvel Pelldale Prynvexa Quanfeld Quanllonis Quanvaro Quilde Quilivar Quimora Quisar Quivandi \
    Rosvavar Soldralis Solquist Solwinter Stavrifeld Stavritara Sundripane Tarnodoria Tarnorosa Tarnovandi Temholm \
    Temlune Temquist Temvex Thornavern Trelmere Trelvaro Trelwick Umbririsk Umbrivan Umbrivane Valwinter Vanbrick \
    Vandrift Vanwick Veldoria Vellanda Velvern Wexbrick Wexmere Wextrevo Xalbrant Xaldralis Xalfeld Xalrosa \
    Xaltrevo Yarrovar Yostwinter Zephdoria Zephlanda Zorllonis Zormoor Zorphan Zorvexa Zorwell Grünmere Ångvandi \
    Pérelune Brøndralis";

/// Family names of persons.
pub(super) const FAMILIES: &str = "\
    Askarin Askatti Askayan Askdal Askira Askissen Askoglu Askubo Askwari Brontesk Brontoglu Brontström Druandi \
    Druumu Druvel Falissen Falwari Gorerre Gorinen Goroka Hemalde Hemira Holardo Holesk Holvel Jasalde Jasissen Jasovic \
    Jasumu Jasvel Kerardo Kerayan Kerubo Koloux Kolström Lindarin Lindeng Loroglu Lorubo Lorumu Mavvel Meskayan \
    Meskissen Meskoka Meskov Meskwari Noratti Noresk Ostovic Ostström Pavoglu Pavwari Quenarin Quenayan Queneng \
    Quenerre Quenesk Queninen Quenoglu Ravardo Ravarin Raveng Ravesk Ravumu Risoglu Risström Risvel Solardo Solesk \
    Solira Stenayan Steneng Stenoux Tamardo Tamesk Tamoka Tolinen Undovic Undwari Varnarin Varnayan Varnesk Varnira \
    Vosdal Vosoglu Vosvel Werarin Werovic Werumu Yelalde Yelardo Yeloka Zanandi Zanström Zanumu Müskel Pérovard";

/// Given names of persons.
pub(super) const GIVEN: &str = "\
    Adira Alwin Amaro Anouk Benno Brisa Calla Corvin Dalia Edda Elian Enzo Fenja Fiora Gero Halima Ilka Imre Isolde Joram \
    Kaia Kenji Kiran Leda Levin Liora Malik Marit Mei Nadir Nuria Odile Omar Pia Quirin Rania Remo Runa Sana Selim Silas \
    Tamsin Tariq Thandi Una Vesna Viggo Wanja Xenia Yara Yusuf Zora";

/// Topics of documents.
pub(super) const TOPICS: &[&str] = &[
    "identifier lifetime",
    "registry federation",
    "schema negotiation",
    "consent records",
    "audit trails",
    "record linkage",
    "bulk transfer",
    "gateway discovery",
    "clock skew",
    "partial responses",
    "access tokens",
    "unit conversion",
    "language tags",
    "version pinning",
    "retry behaviour",
    "quota signalling",
    "trust lists",
    "key rotation",
    "evidence formats",
    "conformance classes",
    "error reporting",
    "offline exchange",
    "provenance chains",
    "catalogue search",
];

/// What a document does to its topic.
pub(super) const DOINGS: &[&str] = &[
    "Correction of",
    "Clarification on",
    "Removal of editor's notes on",
    "New key issue on",
    "Solution for",
    "Evaluation of",
    "Conclusion on",
    "Update to",
    "Alignment of",
    "Procedure for",
    "Interim way forward on",
];

/// Bodies outside that send and receive liaison statements: name and short name.
pub(super) const OUTSIDE: &[(&str, &str)] = &[
    ("Northern Interchange Board", "NIB"),
    ("World Council of Registrars", "WCR"),
    ("Harbour Data League", "HDL"),
    ("Open Ledger Convention", "OLCV"),
    ("Continental Forum for Records", "CFFR"),
];

/// Countries of most members, as ISO 3166 codes; a country standing twice is drawn twice as often.
pub(super) const COUNTRIES: &[&str] = &[
    "US", "US", "US", "CN", "CN", "CN", "KR", "JP", "JP", "DE", "DE", "SE", "FI", "FR", "GB", "IN", "NL", "BR", "CA",
    "ES", "IT", "AU", "SG", "CH",
];

/// Countries of the growing region.
pub(super) const GROWING: &[&str] = &["KE", "NG", "RW", "SN", "GH", "EG", "TZ", "MA", "TN", "ZA"];
