//! Numbers of items as lists write them: in letters, as Roman numerals, as ordinals.

/// Most letters of a number in letters.
const LETTERS: usize = 60;

/// Returns a number in a format, by its name in Office Open XML; in digits where that is not known.
pub(crate) fn written(format: &str, n: u32) -> String {
    match format {
        "none" => String::new(),
        "lowerLetter" => letters(n, b'a'),
        "upperLetter" => letters(n, b'A'),
        "lowerRoman" => roman(n),
        "upperRoman" => roman(n).to_uppercase(),
        "decimalZero" => format!("{n:02}"),
        "ordinal" => ordinal(n),
        _ => n.to_string(),
    }
}

/// a, b ... z, aa, bb ...: a letter is repeated, not combined.
fn letters(n: u32, first: u8) -> String {
    let Some(n) = n.checked_sub(1) else { return String::new() };
    let letter = char::from(first + u8::try_from(n % 26).unwrap_or(0));
    std::iter::repeat_n(letter, usize::try_from(n / 26 + 1).unwrap_or(1).min(LETTERS)).collect()
}

/// Returns a Roman numeral in small letters; digits where there is none.
pub(crate) fn roman(mut n: u32) -> String {
    const STEPS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if n == 0 || n > 4999 {
        return n.to_string();
    }
    let mut text = String::new();
    for (value, letters) in STEPS {
        while n >= value {
            text.push_str(letters);
            n -= value;
        }
    }
    text
}

fn ordinal(n: u32) -> String {
    let end = match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{n}{end}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_their_format() {
        for (format, n, text) in [
            ("lowerLetter", 28, "bb"),
            ("upperRoman", 1994, "MCMXCIV"),
            ("lowerRoman", 0, "0"),
            ("ordinal", 112, "112th"),
            ("decimalZero", 7, "07"),
        ] {
            assert_eq!(written(format, n), text);
        }
    }
}
