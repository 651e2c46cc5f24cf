//! Entries as lists write them, one line each: name, organisation, short form, role, mode.

use super::*;

fn read(written: &str, style: &Style) -> String {
    let person = match entry(written, style) {
        Entry::Person(person) => person,
        other => return format!("{other:?}"),
    };
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let mode = person.mode.map(Mode::slug).unwrap_or_default();
    let tail = if person.is_tentative { " ?" } else { "" };
    let fields = [&person.affiliation, &person.abbreviation, &person.role].map(text);
    let fields = format!("{} | {} | {} | {} | {mode}{tail}", person.name, fields[0], fields[1], fields[2]);
    fields.replace("|  |", "| |").replace("|  |", "| |")
}

fn assert_all(cases: &[(&str, &str)], style: &Style) {
    for (written, expected) in cases {
        let read = read(written, style);
        let read = read.trim_end_matches([' ', '|']);
        assert_eq!(read, *expected, "{written}");
    }
}

#[test]
fn separators_short_forms_and_roles_in_any_order() {
    let style = Style { abbreviates: true, ..Style::default() };
    assert_all(
        &[
            ("A. Example - Acme (AEX), Co-Moderator", "A. Example | Acme | AEX | Co-Moderator"),
            ("B. Sample – Acme i18n, Lamps (BSA)", "B. Sample | Acme i18n, Lamps | BSA"),
            ("C. Specimen (CSP) - Acme", "C. Specimen | Acme | CSP"),
            ("C. Specimen (CSP) Acme", "C. Specimen | Acme | CSP"),
            ("D. Pattern @ Acme} (DPA)", "D. Pattern | Acme | DPA"),
            ("E. Model - self - (EMO)", "E. Model | self | EMO"),
            ("F. Norm- Acme (FNO) - chair", "F. Norm | Acme | FNO | chair"),
            (
                "G. Rule - Borealis Centre - College North (GRU) -acting chair",
                "G. Rule | Borealis Centre - College North | GRU | acting chair",
            ),
            ("H. Draft - Acme & Borealis (HDR) / at halftime", "H. Draft | Acme & Borealis | HDR"),
            (
                "I. Proof - Acme (IXX → IPR), Lamps Working Group Liaison",
                "I. Proof | Acme | IXX → IPR | Lamps Working Group Liaison",
            ),
            ("J. Test \\- Acme (JTE) \\- chair  ", "J. Test | Acme | JTE | chair"),
            ("K. Trial - Acme (KTR) - fly on the wall / observer.", "K. Trial | Acme | KTR | observer"),
            ("L. Check - (...)", "L. Check"),
            ("M. Proof (MPR) — Acme", "M. Proof | Acme | MPR"),
        ],
        &style,
    );
}

#[test]
fn commas_part_organisations_and_roles_but_not_company_forms() {
    assert_all(
        &[
            ("A. Example, Acme Software, Inc. (Voting Member)", "A. Example | Acme Software, Inc. | | Voting Member"),
            ("B. Sample, Office for Lamps (OFL) of the North", "B. Sample | Office for Lamps (OFL) of the North"),
            (
                "C. Specimen – (MADE (Ministry (of Lamps)) of the North)",
                "C. Specimen | MADE (Ministry (of Lamps)) of the North",
            ),
            ("Huo Specimen (Halt) (360 Lamps)", "Huo Specimen | 360 Lamps"),
            ("Dora Pattern ((MADE - Ministry of Lamps))", "Dora Pattern | MADE - Ministry of Lamps"),
            ("D. Pattern, Acme [remote]", "D. Pattern | Acme | | | remote"),
            ("E. Model, Jr., Acme", "E. Model, Jr. | Acme"),
            ("F. Norm, lamps/candles", "F. Norm | lamps/candles"),
            ("G. Rule - independent", "G. Rule | independent"),
            ("H. Draft (Invited Expert)", "H. Draft | Invited Expert"),
            ("I. Proof (observer)", "I. Proof | | | observer"),
            ("J. Test(Acme)", "J. Test | Acme"),
            ("J. Test (iLamps)", "J. Test | iLamps"),
            ("K. Trial, Acme\t(Chair)", "K. Trial | Acme | | Chair"),
            ("L. Check (CMU)", "L. Check | CMU"),
        ],
        &Style::default(),
    );
}

#[test]
fn nicknames_remarks_and_handles_are_no_organisations() {
    assert_all(
        &[
            ("Daniel (Dan) Specimen / @danspec", "Daniel (Dan) Specimen"),
            ("A. Example (he/him)", "A. Example"),
            ("B. Sample [late]", "B. Sample"),
            ("B. Sample (joined late)", "B. Sample"),
            ("C. Specimen (cspec)", "C. Specimen"),
            ("D. Pattern (github @dpat)", "D. Pattern"),
            ("E. Model (first 30 min)", "E. Model"),
            ("I. Proof (Flo), Acme [remote]", "I. Proof | Acme | | | remote"),
            ("Lampo (Joe)", "Lampo"),
            ("Example Jr, Jonas L", "Example Jr, Jonas L"),
            ("Jonas L Example Jr, Acme", "Jonas L Example Jr | Acme"),
            ("J. Test (**\\* check if the letters are free \\*\\***)", "J. Test"),
            ("Nora?", "Nora | | | |  ?"),
            ("灯 芯 (Deng Xin)", "灯 芯 (Deng Xin)"),
            ("HU Man (Em) [EMH]", "HU Man (Em) | | EMH"),
            ("[F. Norm](https://example.org/f) <f@acme.example>", "F. Norm"),
            ("**G. Rule**", "G. Rule"),
            ("Nora_S", "Nora_S"),
            ("H. Draft (not voting)", "H. Draft"),
        ],
        &Style::default(),
    );
}

#[test]
fn short_forms_may_lead_and_families_may_come_first() {
    let leads = Style { leads: true, ..Style::default() };
    assert_all(
        &[("AEX: A. Example (ACME) @aex", "A. Example | ACME | AEX"), ("[BS] B. Sample", "B. Sample | | BS")],
        &leads,
    );
    let family_first = Style { is_family_first: true, ..Style::default() };
    assert_all(&[("Specimen, Carla[tm]", "Specimen, Carla"), ("van Pattern, D", "van Pattern, D")], &family_first);
}

#[test]
fn nobody_is_named_by_placeholders_and_sentences() {
    for written in ["None", "TBD", "...", "Your name here", "and 3 others", "~~A. Example~~", "[ ] B. Sample", "(none)"]
    {
        assert_eq!(entry(written, &Style::default()), Entry::Nobody, "{written}");
    }
    for written in
        ["Note: observers should follow the instructions", "All of them agreed to the agenda", "https://example.org/"]
    {
        assert_ne!(
            std::mem::discriminant(&entry(written, &Style::default())),
            std::mem::discriminant(&Entry::Person(Box::default())),
            "{written}"
        );
    }
}

#[test]
fn a_list_shows_its_own_style() {
    let of = |entries: &[&str]| style(entries.iter().copied(), BTreeSet::new());
    assert!(of(&["A. Example (AEX)", "B. Sample (BSA)", "C. Specimen (KXX)"]).abbreviates);
    assert!(!of(&["A. Example (IXM)", "B. Sample (F5)"]).abbreviates);
    assert!(of(&["AEX: A. Example", "BSA: B. Sample"]).leads);
    assert!(of(&["Example, Anna", "Sample, Bert", "Specimen, Carla", "van Pattern, Dora"]).is_family_first);
    assert!(!of(&["Anna Example, Acme", "Bert Sample, Borealis", "Nora, Acme"]).is_family_first);
}
