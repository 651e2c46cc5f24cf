//! Attributes of organisations and countries: what is known, since when and until when, and from where.
//!
//! A name in; country, regions, income level, lists of the United Nations, kind, sector and membership out, each with its
//! dates and source. What is not known has no row, and what sources state differently has a row for each. Pure.

mod country;
mod organisation;

pub use country::Country;
pub use organisation::{attributes_of, stated_country};

use jiff::civil::Date;

/// What an attribute says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// Company, operator, vendor, academia, government, standards body and so on.
    Kind,
    /// What it works on.
    Sector,
    /// How it belongs to a body: `ITU-T: Sector Member`.
    Membership,
    /// ISO 3166-1 code.
    Country,
    /// Region of UN M49.
    Region,
    /// Sub-region of UN M49.
    SubRegion,
    /// Income level of the World Bank.
    Income,
    /// `developed` or `developing`.
    Development,
    /// A list of countries that has it: LDC, LLDC, SIDS, EU, OECD.
    List,
    /// Administrative region of ITU, A to E.
    ItuRegion,
    /// Radio region of ITU, 1 to 3.
    RadioRegion,
}

impl What {
    /// Returns the word for it in tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Sector => "sector",
            Self::Membership => "membership",
            Self::Country => "country",
            Self::Region => "region",
            Self::SubRegion => "sub-region",
            Self::Income => "income",
            Self::Development => "development",
            Self::List => "list",
            Self::ItuRegion => "itu region",
            Self::RadioRegion => "radio region",
        }
    }
}

/// One thing that a source says of an organisation or a country.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Attribute {
    /// What it says.
    pub what: What,
    /// The value.
    pub value: String,
    /// First day; `None`: not known, or always.
    pub from: Option<Date>,
    /// Last day; `None`: not known, or still.
    pub to: Option<Date>,
    /// Where one can look it up.
    pub source: String,
}

impl Attribute {
    /// Returns an attribute without dates.
    fn undated(what: What, value: &str, source: &str) -> Self {
        Self { what, value: value.into(), from: None, to: None, source: source.into() }
    }

    /// True where it may hold on this day; without a day, always.
    #[must_use]
    pub fn holds(&self, day: Option<Date>) -> bool {
        day.is_none_or(|day| self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to))
    }
}

/// A day from `2016-01-14`, `2016-01` or `2016`: the first that it can mean.
fn first_day(text: &str) -> Option<Date> {
    fact::When::parse(text)?.from
}

/// The last day that such a text can mean.
fn last_day(text: &str) -> Option<Date> {
    fact::When::parse(text)?.to
}

/// In order and once each, what holds on a day.
fn sorted(mut attributes: Vec<Attribute>, as_of: Option<Date>) -> Vec<Attribute> {
    attributes.retain(|one| one.holds(as_of));
    attributes.sort();
    attributes.dedup();
    attributes
}
