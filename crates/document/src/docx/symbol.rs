//! Letters of symbol fonts, which stand in the private use area, as the letters that they show.

/// The letter that a symbol of a font shows; the private one where it is not known.
#[must_use]
pub fn letter(font: &str, code: u32) -> Option<char> {
    let low = code & 0xFF;
    let known = match font.to_ascii_lowercase().as_str() {
        "symbol" => SYMBOL,
        "wingdings" => WINGDINGS,
        _ => &[],
    };
    let known = known.iter().find(|(at, _)| *at == low).map(|(_, letter)| *letter);
    known.or_else(|| char::from_u32(code))
}

/// The bullet that a private letter shows.
pub(super) fn bullet(letter: char) -> char {
    match u32::from(letter) {
        code @ 0xF000..=0xF0FF => {
            let known = [SYMBOL, WINGDINGS].into_iter().flatten().find(|(at, _)| *at == code & 0xFF);
            known.map_or('•', |(_, letter)| *letter)
        }
        _ => letter,
    }
}

const SYMBOL: &[(u32, char)] = &[
    (0x2D, '−'),
    (0xA3, '≤'),
    (0xA5, '∞'),
    (0xAB, '↔'),
    (0xAC, '←'),
    (0xAE, '→'),
    (0xB0, '°'),
    (0xB1, '±'),
    (0xB3, '≥'),
    (0xB4, '×'),
    (0xB7, '•'),
    (0xB9, '≠'),
    (0xD2, '®'),
    (0xD3, '©'),
    (0xD4, '™'),
];

const WINGDINGS: &[(u32, char)] = &[
    (0x6C, '●'),
    (0x6E, '■'),
    (0x6F, '□'),
    (0x71, '❑'),
    (0x76, '❖'),
    (0x9F, '•'),
    (0xA7, '▪'),
    (0xA8, '◻'),
    (0xD8, '➢'),
    (0xE0, '→'),
    (0xE8, '➔'),
    (0xFB, '✗'),
    (0xFC, '✓'),
    (0xFD, '☒'),
    (0xFE, '☑'),
];
