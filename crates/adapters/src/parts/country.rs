//! Telling that some words of a postal address are a country.
//!
//! The name stays as it was written; which country it is gets decided elsewhere.

/// English short names of ISO 3166-1 and what else is written in their place, in lower case, separated by `;`.
const NAMES: &str = "afghanistan;albania;algeria;andorra;angola;argentina;armenia;australia;austria;azerbaijan;bahamas;\
bahrain;bangladesh;barbados;belarus;belgium;belize;benin;bhutan;bolivia;bosnia and herzegovina;botswana;brazil;brasil;\
brunei;bulgaria;burkina faso;burundi;cambodia;cameroon;canada;cape verde;chad;chile;china;p.r. china;p.r.china;\
pr china;p. r. china;p.r.c.;people's republic of china;colombia;congo;costa rica;croatia;cuba;cyprus;czech republic;\
czechia;côte d'ivoire;denmark;dominican republic;ecuador;egypt;el salvador;estonia;ethiopia;fiji;finland;france;gabon;\
gambia;georgia;germany;deutschland;ghana;greece;guatemala;guinea;guyana;haiti;honduras;hong kong;hungary;iceland;india;\
indonesia;iran;iraq;ireland;israel;italy;italia;jamaica;japan;jordan;kazakhstan;kenya;korea;republic of korea;\
south korea;korea (south);kuwait;kyrgyzstan;laos;latvia;lebanon;lesotho;liberia;libya;liechtenstein;lithuania;\
luxembourg;macao;macedonia;north macedonia;madagascar;malawi;malaysia;maldives;mali;malta;mauritius;mexico;moldova;\
monaco;mongolia;montenegro;morocco;mozambique;myanmar;namibia;nepal;netherlands;the netherlands;new zealand;nicaragua;\
niger;nigeria;norway;oman;pakistan;palestine;panama;papua new guinea;paraguay;peru;philippines;poland;portugal;qatar;\
romania;russia;russian federation;rwanda;saudi arabia;senegal;serbia;singapore;slovakia;slovak republic;slovenia;\
south africa;spain;sri lanka;sudan;sweden;switzerland;syria;taiwan;taiwan, r.o.c.;taiwan r.o.c.;tajikistan;tanzania;\
thailand;togo;trinidad and tobago;tunisia;turkey;türkiye;turkmenistan;uganda;ukraine;united arab emirates;uae;\
united kingdom;uk;u.k.;great britain;england;scotland;wales;northern ireland;united states;united states of america;\
usa;u.s.a.;u.s.;the united states;uruguay;uzbekistan;venezuela;vietnam;viet nam;yemen;zambia;zimbabwe;réunion;\
puerto rico;gibraltar;kosovo;isle of man;jersey;guernsey";

/// Codes of two letters that authors of Internet-Drafts write as the last line; those of ISO 3166-1.
const CODES: &str = "AD AE AF AL AM AO AR AT AU AZ BA BD BE BG BH BR BY CA CH CL CM CN CO CR CU CY CZ DE DK DO DZ EC EE EG \
ES ET FI FJ FR GB GE GH GR GT HK HR HU ID IE IL IN IQ IR IS IT JM JO JP KE KG KH KR KW KZ LA LB LI LK LT LU LV LY MA MC \
MD ME MK MM MN MO MT MU MX MY MZ NA NG NI NL NO NP NZ OM PA PE PG PH PK PL PR PT PY QA RO RS RU RW SA SD SE SG SI SK SN \
SY TH TN TR TW TZ UA UG US UY UZ VE VN YE ZA ZM ZW";

/// True when the text is the name of a country and nothing else.
#[must_use]
pub fn is_country(text: &str) -> bool {
    let text = text.trim();
    if text.len() > 60 {
        return false;
    }
    let lower = text.to_lowercase();
    NAMES.split(';').any(|name| name == lower) || CODES.split(' ').any(|code| code == text)
}

/// Returns the country that a line of an address is or ends with, as written: `France`, `Kanagawa 212-8582, Japan`.
#[must_use]
pub fn country_of(line: &str) -> Option<&str> {
    let whole = line.trim().trim_end_matches(',');
    let plain = whole.trim_end_matches('.');
    if let Some(name) = [whole, plain].into_iter().find(|name| is_country(name)) {
        return Some(name);
    }
    let last = whole.rsplit(',').next().map(str::trim)?;
    let is_apart = last.len() < whole.len();
    // `San Jose, CA` and `Atlanta, Georgia` are states: a code counts only where it stands alone.
    let is_state = last.len() <= 2 || last.eq_ignore_ascii_case("georgia");
    let last = [last, last.trim_end_matches('.')].into_iter().find(|name| is_country(name))?;
    (is_apart && !is_state).then_some(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_no_country_and_no_country_is_made_up() {
        assert_eq!(country_of("USA"), Some("USA"));
        assert_eq!(country_of("U.K."), Some("U.K."));
        assert_eq!(country_of("Kanagawa 212-8582, Japan"), Some("Japan"));
        assert_eq!(country_of("Via Sample 73100 Lecce, ITALY"), Some("ITALY"));
        assert_eq!(country_of("CA"), Some("CA"));
        for line in ["San Jose, CA", "San Jose, CA 95134", "Acme", "New York, NY", "Atlanta, GA", "Atlanta, Georgia"] {
            assert_eq!(country_of(line), None, "{line}");
        }
    }
}
