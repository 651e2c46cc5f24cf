//! What is known of words before any name is read: their class, how many organisations bear them, legal forms, places.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use super::near::Near;
use crate::text::words;

/// What a word is for in the name of an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Says which organisation it is.
    Brand,
    /// Says what the organisation makes or is: `technology`.
    Generic,
    /// A part of an organisation: `research`.
    Unit,
    /// A kind of institution, which other words tell from its like: `university`.
    Institution,
    /// An institution of a state: `ministry`.
    Office,
    /// A country, a city, a region, or somebody's of it.
    Place,
    /// A legal form.
    Form,
    /// Joins other words.
    Stop,
    /// A number.
    Number,
    /// The end of a domain name: `com`.
    Tail,
}

/// The words of names. One for all: made from the shipped tables when first needed.
pub static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::shipped);

/// Ends of domain names that stand at the end of a name.
const TAILS: [&str; 14] = ["com", "net", "org", "io", "ai", "dev", "cn", "de", "edu", "gov", "tv", "me", "app", "jp"];

/// Endings and beginnings that state a legal form in scripts without spaces.
pub const UNSPACED_FORMS: [&str; 8] =
    ["股份有限公司", "有限责任公司", "有限公司", "集团公司", "公司", "株式会社", "合同会社", "주식회사"];

/// How often a word is met in names of organisations of all kinds.
#[derive(Clone, Copy, Debug, Default)]
struct Frequency {
    /// Names that bear it.
    n: u32,
    /// Names that begin with it.
    first: u32,
    /// True for an English word.
    is_word: bool,
}

/// Shortest common word in which a slip is put right.
const LONG_WORD: usize = 9;

/// What the shipped tables say of words.
pub struct Lexicon {
    classes: HashMap<String, Class>,
    stands_for: HashMap<String, String>,
    common: HashSet<String>,
    frequency: HashMap<String, Frequency>,
    forms: HashSet<String>,
    /// Long words that name kinds of institutions or what is made, and those near them.
    long_words: Vec<String>,
    near_words: Near,
    /// Last words of the legal forms: most names end in none of them.
    form_ends: HashSet<String>,
    countries: HashMap<String, String>,
    n_names: f64,
}

impl Lexicon {
    fn shipped() -> Self {
        let mut lexicon = Self {
            classes: HashMap::default(),
            stands_for: HashMap::default(),
            common: HashSet::default(),
            frequency: HashMap::default(),
            forms: HashSet::default(),
            long_words: Vec::new(),
            near_words: Near::default(),
            form_ends: HashSet::default(),
            countries: HashMap::default(),
            n_names: 1.0,
        };
        lexicon.read_frequency(include_str!("../../data/frequency.tsv"));
        lexicon.read_places(include_str!("../../data/places.tsv"));
        lexicon.read_countries(include_str!("../../data/countries.tsv"));
        lexicon.read_classes(include_str!("../../data/words.tsv"));
        lexicon.set_long_words();
        lexicon.read_listed_forms(include_str!("../../data/legal_forms.tsv"));
        lexicon.read_forms(include_str!("../../data/legal_forms_seen.tsv"));
        lexicon.form_ends = lexicon.forms.iter().filter_map(|form| form.rsplit(' ').next()).map(String::from).collect();
        lexicon
    }

    fn read_frequency(&mut self, text: &str) {
        for (at, row) in rows(text).enumerate() {
            let number = |at: usize| row[at].parse().unwrap_or_default();
            let is_word = row.get(3) == Some(&"w");
            if at == 0 {
                self.n_names = f64::from(number(1));
            } else {
                self.frequency.insert(row[0].to_string(), Frequency { n: number(1), first: number(2), is_word });
            }
        }
    }

    fn read_places(&mut self, text: &str) {
        for row in rows(text).skip(1) {
            for word in row[0].split(' ').filter(|_| !row[0].contains(' ')) {
                self.classes.insert(word.to_string(), Class::Place);
            }
            self.countries.entry(row[0].to_string()).or_insert_with(|| row[1].to_string());
        }
    }

    fn read_countries(&mut self, text: &str) {
        for row in rows(text).skip(1) {
            for name in row[2].split("; ").chain([row[1]]) {
                let folded: Vec<String> = words(name).into_iter().map(|word| word.text).collect();
                if let [word] = folded.as_slice()
                    && word.len() > 3
                {
                    self.classes.insert(word.clone(), Class::Place);
                }
                self.countries.insert(folded.join(" "), row[0].to_string());
            }
        }
    }

    fn read_classes(&mut self, text: &str) {
        for row in rows(text).skip(1) {
            let class = match row[0] {
                "generic" => Class::Generic,
                "unit" => Class::Unit,
                "institution" => Class::Institution,
                "office" => Class::Office,
                "stop" => Class::Stop,
                "place" | "places" => Class::Place,
                "same" => {
                    self.read_same(row[1]);
                    continue;
                }
                _ => {
                    self.common.extend(row[1].split(' ').map(String::from));
                    continue;
                }
            };
            self.classes.extend(row[1].split(' ').map(|word| (word.to_string(), class)));
            if class != Class::Stop && row[0] != "places" {
                self.read_same(row[1]);
            }
        }
    }

    fn set_long_words(&mut self) {
        let is_meant = |class: Class| matches!(class, Class::Institution | Class::Office | Class::Generic);
        let long = self.stands_for.keys().filter(|word| word.len() >= LONG_WORD && is_meant(self.class(word)));
        let mut long: Vec<String> = long.cloned().collect();
        long.sort_unstable();
        self.near_words = Near::of((0..).zip(long.iter().map(String::as_str)));
        self.long_words = long;
    }

    fn read_same(&mut self, line: &str) {
        let first = line.split(' ').next().unwrap_or_default();
        self.stands_for.extend(line.split(' ').map(|word| (word.to_string(), first.to_string())));
    }

    fn read_forms(&mut self, text: &str) {
        self.forms.extend(rows(text).skip(1).map(|row| row[0].to_string()));
    }

    /// Takes of the standard's list what names a form and nothing else: no `foundation` or `bank`, which tell
    /// organisations apart, and no short word that is hardly ever met as a form.
    fn read_listed_forms(&mut self, text: &str) {
        for row in rows(text).skip(1) {
            let is_plain = |word: &str| matches!(self.classes.get(word), None | Some(Class::Stop));
            let is_short = !row[0].contains(' ') && row[0].chars().count() <= 4;
            let is_met = row[0].chars().count() > 2 && self.bearers(row[0]) >= 5;
            if row[0].split(' ').all(is_plain) && (!is_short || is_met) {
                self.forms.insert(row[0].to_string());
            }
        }
    }

    /// Returns what a word is for, by itself.
    #[must_use]
    pub fn class(&self, word: &str) -> Class {
        if let Some(class) = self.classes.get(word) {
            return *class;
        }
        if word.bytes().all(|byte| byte.is_ascii_digit()) {
            return Class::Number;
        }
        // What so many unrelated organisations bear says what they do, not who they are.
        if word.len() > 2 && self.frequency.get(word).is_some_and(|of| of.n >= 60) {
            Class::Generic
        } else {
            Class::Brand
        }
    }

    /// Returns the word of which an unknown one is a slip: `unviersity` is `university`. Only long words that name kinds of
    /// institutions or what is made are looked for; a brand is never put right.
    #[must_use]
    pub fn slip_of(&self, word: &str) -> Option<&str> {
        if word.len() < LONG_WORD || self.is_known(word) {
            return None;
        }
        let near = self.near_words.to(word).into_iter().filter_map(|at| self.long_words.get(at as usize));
        near.map(String::as_str).find(|known| super::near::slips(word, known) == Some(1))
    }

    /// Returns the word that stands for this one and its like: `labs` is `lab`.
    #[must_use]
    pub fn stands_for<'a>(&'a self, word: &'a str) -> &'a str {
        if let Some(first) = self.stands_for.get(word) {
            return first;
        }
        // Somebody of a country is called by its name with an ending: `Somalian`.
        let bare = ["n", "an", "ian", "ese", "i"]
            .iter()
            .find_map(|end| word.strip_suffix(end).filter(|bare| bare.len() > 3 && self.countries.contains_key(*bare)));
        bare.unwrap_or(word)
    }

    /// Returns how much two names that share this word are one organisation's, in bits: -log2 of the share of unrelated
    /// organisations that bear it. Names that begin with a word which means nothing else are taken for one organisation.
    #[must_use]
    pub fn rarity(&self, word: &str) -> f64 {
        let of = self.frequency.get(word).copied().unwrap_or_default();
        let n = if self.is_ambiguous(word) { of.n } else { of.n - of.first.saturating_sub(1).min(of.n) };
        ((self.n_names + 1.0) / (f64::from(n) + 1.0)).log2()
    }

    /// Number of names in the background that bear the word.
    #[must_use]
    pub fn bearers(&self, word: &str) -> u32 {
        self.frequency.get(word).map_or(0, |of| of.n)
    }

    /// True for words that mean something without any organisation: an English word, a common name, a place.
    #[must_use]
    pub fn is_ambiguous(&self, word: &str) -> bool {
        self.common.contains(word)
            || self.frequency.get(word).is_some_and(|of| of.is_word)
            || self.class(word) == Class::Place
    }

    /// True for a word that stands in the tables in any way.
    #[must_use]
    pub fn is_known(&self, word: &str) -> bool {
        self.frequency.contains_key(word) || self.classes.contains_key(word)
    }

    /// True where these words, joined by spaces, are a legal form.
    #[must_use]
    pub fn is_form(&self, phrase: &str) -> bool {
        self.forms.contains(phrase)
    }

    /// True for the last word of a legal form.
    #[must_use]
    pub fn ends_form(&self, word: &str) -> bool {
        self.form_ends.contains(word)
    }

    /// Returns the ISO 3166-1 code of a country by any of its names, or of the country of a large city.
    #[must_use]
    pub fn country(&self, phrase: &str) -> Option<&str> {
        self.countries.get(phrase).map(String::as_str)
    }

    /// True for the end of a domain name.
    #[must_use]
    pub fn is_tail(word: &str) -> bool {
        TAILS.contains(&word)
    }
}

/// Rows of a shipped table, without comments; cells are parted by tabs.
pub fn rows(text: &str) -> impl Iterator<Item = Vec<&str>> {
    text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(|line| line.split('\t').collect())
}
