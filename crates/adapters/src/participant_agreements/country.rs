//! The country in which a postal address ends, where it says so.

/// Short names in English (ISO 3166-1), and names in common use. `Georgia` and `Jersey` are left out: they end addresses in
/// the United States as well.
const NAMES: &str = "|afghanistan|albania|algeria|andorra|angola|antigua and barbuda|argentina|armenia|aruba|australia|austria\
|azerbaijan|bahamas|bahrain|bangladesh|barbados|belarus|belgium|belize|benin|bermuda|bhutan|bolivia|bosnia and herzegovina\
|botswana|brasil|brazil|brunei|bulgaria|burkina faso|burundi|cabo verde|cambodia|cameroon|canada|cape verde|cayman islands\
|chad|chile|china|colombia|comoros|congo|costa rica|croatia|cuba|curaçao|cyprus|czech republic|czechia|côte d'ivoire|denmark\
|deutschland|djibouti|dominica|dominican republic|ecuador|egypt|el salvador|equatorial guinea|eritrea|españa|estonia|eswatini\
|ethiopia|faroe islands|fiji|finland|france|gabon|gambia|germany|ghana|gibraltar|greece|greenland|grenada|guatemala|guernsey\
|guinea|guyana|haiti|honduras|hong kong|hungary|iceland|india|indonesia|iran|iraq|ireland|isle of man|israel|italia|italy\
|ivory coast|jamaica|japan|jordan|kazakhstan|kenya|kosovo|kuwait|kyrgyzstan|laos|latvia|lebanon|lesotho|liberia|libya\
|liechtenstein|lithuania|luxembourg|macao|macau|madagascar|malawi|malaysia|maldives|mali|malta|mauritania|mauritius|mexico\
|moldova|monaco|mongolia|montenegro|morocco|mozambique|myanmar|namibia|nepal|netherlands|new zealand|nicaragua|niger|nigeria\
|north korea|north macedonia|norway|oman|pakistan|palestine|panama|papua new guinea|paraguay|people's republic of china|peru\
|philippines|poland|polska|portugal|puerto rico|qatar|republic of korea|romania|russia|russian federation|rwanda|saudi arabia\
|schweiz|senegal|serbia|seychelles|sierra leone|singapore|slovakia|slovenia|somalia|south africa|south korea|south sudan|spain\
|sri lanka|sudan|suisse|suriname|sweden|switzerland|syria|taiwan|tajikistan|tanzania|thailand|the netherlands|togo|tonga\
|trinidad and tobago|tunisia|turkey|turkmenistan|türkiye|uganda|ukraine|united arab emirates|united kingdom|united states\
|united states of america|uruguay|uzbekistan|vanuatu|vatican|venezuela|viet nam|vietnam|yemen|zambia|zimbabwe|";

/// Abbreviations, which are meant only in capitals: `us` is a word.
const SHORT: &str = "|PRC|U.K.|U.S.|U.S.A.|UAE|UK|US|USA|";

/// Words that make another place of the name behind them: New Mexico, Northern Ireland.
const OTHER_PLACE: &str = "|east|new|north|northern|south|southern|west|";

const LONGEST: usize = 4;

/// Returns the country that an address ends in, as it is written; a postal code may follow it. `None` where it ends otherwise.
pub fn at_the_end(address: &str) -> Option<&str> {
    let mut rest = address.trim_end_matches(is_between);
    let is_code = |word: &str| word.contains(|letter: char| letter.is_ascii_digit());
    while let Some((before, _)) = rest.rsplit_once(is_between).filter(|(_, last)| is_code(last)) {
        rest = before.trim_end_matches(is_between);
    }
    let stop = address.get(..rest.len() + 1).filter(|with| with.ends_with('.'));
    if let Some(short) =
        stop.into_iter().chain([rest]).find_map(|text| last_words(text, 1).filter(|word| holds(SHORT, word)))
    {
        return Some(short);
    }
    (1..=LONGEST).rev().find_map(|n_words| {
        let name = last_words(rest, n_words)?;
        let before = rest[..rest.len() - name.len()].trim_end();
        let is_other =
            before.rsplit(' ').next().is_some_and(|word| !word.is_empty() && holds(OTHER_PLACE, &word.to_lowercase()));
        (holds(NAMES, &name.to_lowercase()) && !is_other).then_some(name)
    })
}

fn is_between(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, ',' | '.' | ';')
}

/// The last words of a text, with what stands between them.
fn last_words(text: &str, n_words: usize) -> Option<&str> {
    let is_edge = |letter: char| letter.is_whitespace() || matches!(letter, ',' | ';');
    let starts = text.char_indices().filter(|&(at, _)| text[..at].chars().next_back().is_none_or(is_edge));
    let starts: Vec<usize> = starts.filter(|(_, letter)| !is_edge(*letter)).map(|(at, _)| at).collect();
    starts.len().checked_sub(n_words).map(|nth| &text[starts[nth]..])
}

fn holds(list: &str, word: &str) -> bool {
    !word.contains('|') && list.contains(&format!("|{word}|"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_is_read_where_the_address_ends_in_it() {
        let cases = [
            ("1 Made Up Street, Caracas, Venezuela", Some("Venezuela")),
            ("Minato-ku, Tokyo, Japan 108-8345", Some("Japan")),
            ("Shinjuku-ku, Tokyo JAPAN", Some("JAPAN")),
            ("Lichtstr. 0 . 50825 Cologne . Germany", Some("Germany")),
            ("8045 Zurich, Switzerland.", Some("Switzerland")),
            ("Dover, DE, 19904, US", Some("US")),
            ("New York, New York, USA 10454", Some("USA")),
            ("Springfield, U.S.A.", Some("U.S.A.")),
            ("London W1A 1AA, United Kingdom", Some("United Kingdom")),
            ("Auckland, New Zealand", Some("New Zealand")),
            ("Shanghai, PRC", Some("PRC")),
            ("Hangzhou 311121 Zhejiang Province China", Some("China")),
            ("Incheon, Republic of Korea", Some("Republic of Korea")),
        ];
        for (address, country) in cases {
            assert_eq!(at_the_end(address), country, "{address}");
        }
    }

    #[test]
    fn places_that_are_no_country_are_none() {
        let cases = [
            "",
            "na",
            "1 Made Up Street",
            "Santa Clara, CA 95054",
            "Santa Fe, New Mexico",
            "Belfast, Northern Ireland",
            "write to us",
            "Atlanta, Georgia 30301",
            "Manteuffelstraße 0, 10999 Berlin",
            "a@b.example",
            "12345",
            "1 2 3",
            "China Road",
            "|",
        ];
        for address in cases {
            assert_eq!(at_the_end(address), None, "{address}");
        }
    }
}
