//! Reading and writing a [`Study`] as COINr's `iData` and `iMeta`.

use std::collections::{BTreeMap, BTreeSet};

use super::{Description, Goalposts, Role, Study, Table};
use crate::{Error, Fault};

/// Columns of `iData` that are known by their names.
const OWN: [&str; 3] = ["uCode", "uName", "Time"];

impl Study {
    /// Reads a study from the texts of `iData` and `iMeta`, both CSV with a header. An empty cell and `NA` are missing.
    ///
    /// # Errors
    /// [`Error::Table`] with every fault of both: a cell that is no number, a column that is not described or described and
    /// not there, a unit twice, a direction that is neither 1 nor -1, a hierarchy that does not hold together.
    pub fn from_csv(idata: &str, imeta: &str) -> Result<Self, Error> {
        let mut faults = Vec::new();
        let meta = Sheet::read(imeta, "iMeta", &mut faults);
        let values = Sheet::read(idata, "iData", &mut faults);
        let descriptions: Vec<Description> =
            (0..meta.rows.len()).map(|row| description(&meta, row, &mut faults)).collect();
        check_columns(&values, &descriptions, &mut faults);
        let study = study(&values, descriptions, &mut faults);
        if let Err(Error::Table(of_hierarchy)) = study.hierarchy() {
            faults.extend(of_hierarchy);
        }
        if faults.is_empty() { Ok(study) } else { Err(Error::Table(faults)) }
    }

    /// Returns the values as `iData`, which [`Study::from_csv`] reads back to the same study.
    #[must_use]
    pub fn idata(&self) -> String {
        let has_time = self.times.iter().any(Option::is_some);
        let mut header = vec!["uCode".to_string(), "uName".to_string()];
        header.extend(has_time.then(|| "Time".to_string()));
        header.extend(self.groups.iter().map(|(name, _)| name.clone()));
        header.extend(self.denominators.indicators.iter().chain(&self.table.indicators).cloned());
        let row = |at: usize| {
            let time = self.times[at].map(|time| time.to_string()).unwrap_or_default();
            let unit = &self.table.units[at];
            let code = unit.strip_suffix(&format!("@{time}")).unwrap_or(unit);
            let mut row = vec![code.to_string(), self.names[at].clone()];
            row.extend(has_time.then_some(time));
            row.extend(self.groups.iter().map(|(_, groups)| groups[at].clone().unwrap_or_default()));
            row.extend(self.denominators.columns.iter().chain(&self.table.columns).map(|column| cell(column[at])));
            row
        };
        written(header, (0..self.names.len()).map(row))
    }

    /// Returns the descriptions as `iMeta`.
    #[must_use]
    pub fn imeta(&self) -> String {
        let header = [
            "Level",
            "iCode",
            "iName",
            "Direction",
            "Weight",
            "Unit",
            "Target",
            "Denominator",
            "Parent",
            "Type",
            "goalpost_lower",
            "goalpost_upper",
            "goalpost_scale",
        ];
        let row = |found: &Description| {
            let is_ranked = [Role::Indicator, Role::Aggregate].contains(&found.role);
            let only = |text: String| if is_ranked { text } else { String::new() };
            let word = Role::WORDS.iter().find(|(role, _)| *role == found.role).map_or("Other", |(_, word)| word);
            let post = |of: fn(&Goalposts) -> f64| found.goalposts.as_ref().map(of).map(cell).unwrap_or_default();
            vec![
                only(found.level.to_string()),
                found.code.clone(),
                found.name.clone(),
                only(cell(found.direction)),
                only(cell(found.weight)),
                found.unit.clone(),
                found.target.map(cell).unwrap_or_default(),
                found.denominator.clone().unwrap_or_default(),
                found.parent.clone().unwrap_or_default(),
                word.to_string(),
                post(|posts| posts.low),
                post(|posts| posts.high),
                post(|posts| posts.scale),
            ]
        };
        written(header.map(str::to_string).to_vec(), self.descriptions.iter().map(row))
    }
}

fn cell(value: f64) -> String {
    if value.is_nan() { String::new() } else { value.to_string() }
}

fn written(header: Vec<String>, rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in std::iter::once(header).chain(rows) {
        writer.write_record(row).expect("rows have the columns of the header");
    }
    let bytes = writer.into_inner().expect("nothing is left in the buffer of a writer to memory");
    String::from_utf8(bytes).expect("texts were written")
}

/// A CSV text with its header.
struct Sheet {
    name: &'static str,
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Sheet {
    fn read(text: &str, name: &'static str, faults: &mut Vec<Fault>) -> Self {
        let mut sheet = Self { name, header: Vec::new(), rows: Vec::new() };
        let text = text.trim_start_matches('\u{feff}');
        let reader = csv::ReaderBuilder::new().has_headers(false).trim(csv::Trim::All).from_reader(text.as_bytes());
        for record in reader.into_records() {
            match record {
                Ok(record) if sheet.header.is_empty() => sheet.header = record.iter().map(str::to_string).collect(),
                Ok(record) => sheet.rows.push(record.iter().map(str::to_string).collect()),
                Err(error) => {
                    faults.push(Fault::new(name, error.to_string(), "give each row the columns of the header"))
                }
            }
        }
        let mut seen = BTreeSet::new();
        for column in sheet.header.iter().filter(|column| !seen.insert(column.as_str())) {
            faults.push(Fault::new(name, format!("expected each column once, found `{column}` twice"), "rename one"));
        }
        sheet
    }

    fn cell(&self, row: usize, column: &str) -> Option<&str> {
        let at = self.header.iter().position(|name| name == column)?;
        Some(self.rows[row][at].as_str())
    }

    /// The text of a cell, unless it says that there is none.
    fn text(&self, row: usize, column: &str) -> Option<&str> {
        self.cell(row, column).filter(|text| !["", "NA", "NaN"].contains(text))
    }

    /// The number in a cell; a text that is none is a fault.
    fn number(&self, row: usize, column: &str, faults: &mut Vec<Fault>) -> Option<f64> {
        let text = self.text(row, column)?;
        let number = text.parse().ok().filter(|number: &f64| number.is_finite());
        if number.is_none() {
            let place = format!("{}, row {}, `{column}`", self.name, row + 2);
            faults.push(Fault::new(place, format!("expected a number, found `{text}`"), "leave a missing value empty"));
        }
        number
    }
}

fn description(meta: &Sheet, row: usize, faults: &mut Vec<Fault>) -> Description {
    let text = |column: &str| meta.text(row, column).map(str::to_string);
    let word = text("Type").unwrap_or_default();
    let role = Role::WORDS.iter().find(|(_, other)| *other == word).map(|(role, _)| *role);
    let place = || format!("iMeta, row {}", row + 2);
    if role.is_none() {
        let words: Vec<&str> = Role::WORDS.iter().map(|(_, word)| *word).collect();
        faults.push(Fault::new(place(), format!("expected a `Type` of {words:?}, found `{word}`"), "correct the word"));
    }
    let role = role.unwrap_or_default();
    let mut number = |column: &str| meta.number(row, column, faults);
    let [low, high, scale] = ["goalpost_lower", "goalpost_upper", "goalpost_scale"].map(&mut number);
    let goalposts = low.zip(high).map(|(low, high)| Goalposts { low, high, scale: scale.unwrap_or(1.0) });
    let [level, direction, weight, target] = ["Level", "Direction", "Weight", "Target"].map(&mut number);
    if role == Role::Indicator && direction.is_none_or(|direction| direction.abs() != 1.0) {
        let what = format!("expected a direction of 1 or -1, found {direction:?}");
        faults.push(Fault::new(place(), what, "say whether more is better (1) or less (-1)"));
    }
    Description {
        code: text("iCode").unwrap_or_default(),
        name: text("iName").or_else(|| text("iCode")).unwrap_or_default(),
        role,
        level: level.unwrap_or_default() as usize,
        parent: text("Parent"),
        direction: direction.unwrap_or(1.0),
        weight: weight.unwrap_or(1.0),
        unit: text("Unit").unwrap_or_default(),
        target,
        denominator: text("Denominator"),
        goalposts,
    }
}

fn check_columns(values: &Sheet, descriptions: &[Description], faults: &mut Vec<Fault>) {
    let described: BTreeMap<&str, Role> = descriptions.iter().map(|found| (found.code.as_str(), found.role)).collect();
    for column in &values.header {
        if !OWN.contains(&column.as_str()) && described.get(column.as_str()).is_none_or(|role| *role == Role::Aggregate)
        {
            let what = format!("expected every column in iMeta, found `{column}` only here");
            faults.push(Fault::new("iData", what, "describe it; `Type` Other keeps it out of the index"));
        }
    }
    for found in descriptions.iter().filter(|found| found.role != Role::Aggregate) {
        if !values.header.contains(&found.code) {
            let what = format!("expected every indicator in iData, found `{}` only here", found.code);
            faults.push(Fault::new("iMeta", what, "add the column, or take the row out"));
        }
    }
    if !values.header.iter().any(|column| column == "uCode") {
        faults.push(Fault::new("iData", "expected the column `uCode`, found none", "give each unit a code"));
    }
}

fn study(values: &Sheet, descriptions: Vec<Description>, faults: &mut Vec<Fault>) -> Study {
    let all = 0..values.rows.len();
    let times: Vec<Option<i64>> =
        all.clone().map(|row| values.number(row, "Time", faults).map(|time| time as i64)).collect();
    let is_panel = times.iter().collect::<BTreeSet<_>>().len() > 1;
    let unit = |row: usize| {
        // `NA` is missing everywhere else, but as a code of a unit it is Namibia.
        let code = values.cell(row, "uCode").unwrap_or_default();
        times[row].filter(|_| is_panel).map_or(code.to_string(), |time| format!("{code}@{time}"))
    };
    let units: Vec<String> = all.clone().map(unit).collect();
    let mut seen = BTreeSet::new();
    for (row, unit) in units.iter().enumerate().filter(|(_, unit)| !seen.insert(unit.as_str())) {
        let place = format!("iData, row {}", row + 2);
        faults.push(Fault::new(
            place,
            format!("expected each unit once, found `{unit}` twice"),
            "give each its own code",
        ));
    }
    let mut table = |role: Role| {
        let own = || descriptions.iter().filter(move |found| found.role == role);
        let column = |found: &Description, faults: &mut Vec<Fault>| -> Vec<f64> {
            all.clone().map(|row| values.number(row, &found.code, faults).unwrap_or(f64::NAN)).collect()
        };
        Table {
            units: units.clone(),
            indicators: own().map(|found| found.code.clone()).collect(),
            columns: own().map(|found| column(found, faults)).collect(),
        }
    };
    let (indicators, denominators) = (table(Role::Indicator), table(Role::Denominator));
    let group = |found: &Description| {
        let own = all.clone().map(|row| values.text(row, &found.code).map(str::to_string));
        (found.code.clone(), own.collect())
    };
    let name = |row: usize| values.text(row, "uName").unwrap_or(&units[row]).to_string();
    Study {
        names: all.clone().map(name).collect(),
        table: indicators,
        denominators,
        groups: descriptions.iter().filter(|found| found.role == Role::Group).map(group).collect(),
        times,
        descriptions,
    }
}
