//! Countries: by any name or code, with regions, income level and lists.
//!
//! The tables are our own and not a crate's. `rust_iso3166`, `isocountry` and `iso3166-static` hold the codes and one English
//! name each; what facts write (`Korea (Rep. of)`, `Türkiye`, `中国`), regions, income and lists would need these tables
//! all the same, and codes from two places could disagree.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use jiff::civil::Date;

use super::{Attribute, What, first_day, last_day, sorted};
use crate::organisation::rows;
use crate::text::words;

static COUNTRIES: LazyLock<Countries> = LazyLock::new(Countries::shipped);

const M49: &str = "UN M49; datasets/country-codes 2026-05-15";
const UN_LISTS: &str = "UN lists; datasets/country-codes 2026-05-15";
const INCOME: &str = "World Bank; OCHA countries taxonomy, hdx-python-country 4.2.5";
const ITU: &str = "remembered; ITU, Member States by administrative region";
const RADIO: &str = "remembered; ITU Radio Regulations, Article 5";
const PRACTICE: &str = "common practice in the UN: Europe, Northern America, Japan, Australia and New Zealand are developed; unstats.un.org, M49";

/// Words that stand in the formal name of many countries and say nothing by themselves.
const SMALL: [&str; 7] = ["of", "the", "and", "de", "la", "le", "state"];

/// A country or an area that has a code in ISO 3166-1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Country {
    /// ISO 3166-1 alpha-2.
    pub code: String,
    /// Number in ISO 3166-1 and UN M49, three digits.
    pub number: String,
    /// Short name in English.
    pub name: String,
    region: String,
    sub_region: String,
    income: String,
    lists: Vec<String>,
    itu_region: String,
    radio_region: String,
    /// What tables with dates say.
    dated: Vec<Attribute>,
}

struct Countries {
    by_code: BTreeMap<String, Country>,
    /// Number or alpha-3 to code.
    codes: BTreeMap<String, String>,
    /// Folded words in order, and sorted without small words, to code.
    names: BTreeMap<String, String>,
    /// The same name in any order; empty where two countries share it.
    turned: BTreeMap<String, Option<String>>,
}

impl Country {
    /// Returns the country of a code (alpha-2 or alpha-3 in capitals, number) or of any of its names.
    ///
    /// ```
    /// use resolve::attribute::Country;
    /// let code = |text| Country::find(text).map(|country| country.code.as_str());
    /// assert_eq!(code("Korea (Rep. of)"), Some("KR"));
    /// assert_eq!((code("410"), code("KOR"), code("KR")), (Some("KR"), Some("KR"), Some("KR")));
    /// assert_eq!(code("Korea"), None);
    /// ```
    #[must_use]
    pub fn find(text: &str) -> Option<&'static Self> {
        let text = text.trim();
        if let Some(country) = COUNTRIES.by_code.get(text) {
            return Some(country);
        }
        let named = || COUNTRIES.names.get(&folded(text).join(" ")).cloned();
        let turned = || COUNTRIES.turned.get(&turned(&folded(text))).cloned().flatten();
        let code = COUNTRIES.codes.get(text).cloned().or_else(named).or_else(turned)?;
        COUNTRIES.by_code.get(&code)
    }

    /// Returns all countries, in the order of their codes.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        COUNTRIES.by_code.values()
    }

    /// Returns what is known of the country on a day, or at any time. Income and lists without dates are those of the
    /// edition that the source names; on a day, what another source says of the list with dates comes before them.
    #[must_use]
    pub fn attributes(&self, as_of: Option<Date>) -> Vec<Attribute> {
        let single = [
            (What::Region, &self.region, M49),
            (What::SubRegion, &self.sub_region, M49),
            (What::Income, &self.income, INCOME),
            (What::ItuRegion, &self.itu_region, ITU),
            (What::RadioRegion, &self.radio_region, RADIO),
        ];
        let single = single.into_iter().filter(|(_, value, _)| !value.is_empty());
        let single = single.map(|(what, value, source)| Attribute::undated(what, value, source));
        let lists = self.lists.iter().filter(|list| !self.has_ended(list, as_of));
        let lists = lists.map(|list| Attribute::undated(What::List, list, UN_LISTS));
        let development = self.development().map(|value| Attribute::undated(What::Development, value, PRACTICE));
        let all = single.chain(lists).chain(development).chain(self.dated.iter().cloned());
        sorted(all.collect(), as_of)
    }

    /// True where a source with dates says that the country is not on the list on this day.
    fn has_ended(&self, list: &str, as_of: Option<Date>) -> bool {
        let mut said = self.dated.iter().filter(|one| one.what == What::List && one.value == list).peekable();
        said.peek().is_some() && !said.any(|one| one.holds(as_of))
    }

    /// Returns whether common practice in the United Nations counts it as developed; `None` where it has no region.
    fn development(&self) -> Option<&'static str> {
        let is_developed = self.region == "Europe"
            || self.sub_region == "Northern America"
            || ["JP", "AU", "NZ"].contains(&self.code.as_str());
        (!self.region.is_empty()).then_some(if is_developed { "developed" } else { "developing" })
    }
}

impl Countries {
    fn shipped() -> Self {
        let mut countries =
            Self { by_code: BTreeMap::new(), codes: BTreeMap::new(), names: BTreeMap::new(), turned: BTreeMap::new() };
        countries.read_countries(include_str!("../../data/countries.tsv"));
        for row in rows(include_str!("../../data/country_names.tsv")).skip(1).filter(|row| row.len() == 2) {
            row[1].split("; ").for_each(|name| countries.name(name, row[0]));
        }
        countries.read_regions(include_str!("../../data/country_regions.tsv"));
        countries.read_lists(include_str!("../../data/country_lists.tsv"));
        countries
    }

    fn read_countries(&mut self, text: &str) {
        for row in rows(text).skip(1) {
            let [code, name, others, region, sub_region, income, lists, _] = row[..] else { continue };
            let country = Country {
                code: code.into(),
                number: String::new(),
                name: name.into(),
                region: region.into(),
                sub_region: sub_region.into(),
                income: income.into(),
                lists: lists.split(' ').filter(|list| !list.is_empty()).map(String::from).collect(),
                itu_region: String::new(),
                radio_region: String::new(),
                dated: Vec::new(),
            };
            self.by_code.insert(code.into(), country);
            for other in others.split("; ").chain([name]) {
                let is_code = other.len() == 3 && other.bytes().all(|byte| byte.is_ascii_uppercase());
                if is_code {
                    self.codes.insert(other.into(), code.into());
                } else {
                    self.name(other, code);
                }
            }
        }
    }

    fn name(&mut self, name: &str, code: &str) {
        let words = folded(name);
        let turned = turned(&words);
        self.names.insert(words.join(" "), code.into());
        let here = self.turned.entry(turned).or_insert_with(|| Some(code.into()));
        if here.as_deref() != Some(code) {
            *here = None;
        }
    }

    fn read_regions(&mut self, text: &str) {
        for row in rows(text).skip(1) {
            let [code, number, itu_region, radio_region] = row[..] else { continue };
            let Some(country) = self.by_code.get_mut(code) else { continue };
            country.number = number.into();
            country.itu_region = itu_region.into();
            country.radio_region = radio_region.into();
            if !number.is_empty() {
                self.codes.insert(number.into(), code.into());
            }
        }
    }

    fn read_lists(&mut self, text: &str) {
        for row in rows(text).skip(1) {
            let [code, list, from, to, source] = row[..] else { continue };
            let Some(country) = self.by_code.get_mut(code) else { continue };
            let what = if list == "developed" { What::Development } else { What::List };
            let attribute =
                Attribute { what, value: list.into(), from: first_day(from), to: last_day(to), source: source.into() };
            country.dated.push(attribute);
        }
    }
}

/// The words of a name; `Rep.` is `republic`.
fn folded(name: &str) -> Vec<String> {
    let whole = |word: String| match word.as_str() {
        "rep" => "republic".into(),
        "dem" => "democratic".into(),
        "fed" => "federal".into(),
        _ => word,
    };
    words(name).into_iter().map(|word| whole(word.text)).collect()
}

/// The words in one order, so that `Korea, Republic of` and `Republic of Korea` are one name.
fn turned(words: &[String]) -> String {
    let telling: BTreeSet<&str> = words.iter().map(String::as_str).filter(|word| !SMALL.contains(word)).collect();
    telling.into_iter().collect::<Vec<_>>().join(" ")
}
