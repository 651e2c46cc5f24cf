//! The picture as a file of its own: the stylesheet's rules for charts go in, with the light colours filled in.

/// The stylesheet of the pages is the one truth about colours.
const STYLESHEET: &str = include_str!("../../app/assets/app.css");

/// Returns `svg` (as a [`crate::Form`] draws it) with size and colours of its own, for the `.svg` of a page.
///
/// A text that is no picture of this crate comes back as it is.
#[must_use]
pub fn exported(svg: &str) -> String {
    let Some((head, body)) = svg.split_once('>').filter(|(head, _)| head.starts_with("<svg ")) else {
        return svg.to_string();
    };
    let mut sizes =
        head.split("viewBox=\"0 0 ").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or("").split(' ');
    let (width, height) = (sizes.next().unwrap_or("100%"), sizes.next().unwrap_or("100%"));
    let head = head.replace("width=\"100%\"", &format!("width=\"{width}\" height=\"{height}\""));
    let style = style();
    // The name and the summary stay first, where readers of SVG expect them.
    let (names, picture) = body.split_at(body.find("<defs>").unwrap_or(0));
    format!(
        "{head}>{names}<style>{style}</style><rect class=\"paper\" width=\"{width}\" height=\"{height}\"/>{picture}"
    )
}

/// The rules for charts with every variable resolved.
fn style() -> String {
    let mut rules = section("/* charts: begin */", "/* charts: end */").to_string();
    for (name, value) in light() {
        rules = rules.replace(&format!("var({name})"), value);
    }
    rules.lines().map(str::trim).filter(|line| !line.is_empty()).collect()
}

/// The variables of the first block of the stylesheet, which holds the light colours.
fn light() -> impl Iterator<Item = (&'static str, &'static str)> {
    let block = section(":root {", "}");
    block.split(';').filter_map(|line| {
        let line = line.rsplit("*/").next().unwrap_or(line);
        line.split_once(':').map(|(name, value)| (name.trim(), value.trim()))
    })
}

fn section(begin: &str, end: &str) -> &'static str {
    let rest = STYLESHEET.split_once(begin).map_or("", |(_, rest)| rest);
    rest.split_once(end).map_or("", |(section, _)| section)
}
