//! The frame of every page: skip link, navigation, filters, answer, picture with its table, and the footer of truth.

use chart::{Form, Table};
use ledger::Answer;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::ask::Ask;
use crate::exit::Failure;

/// What a page answers.
pub struct Asked {
    /// Name of the page.
    pub title: String,
    /// The question that it answers.
    pub question: &'static str,
    /// Entry of the navigation that it belongs to.
    pub section: &'static str,
    /// The answer in a sentence.
    pub answer: Markup,
    /// What the reader can set, above the picture.
    pub controls: Option<Markup>,
    /// The main picture.
    pub picture: Option<Box<dyn Form + Send + Sync>>,
    /// Small pictures.
    pub small: Vec<Box<dyn Form + Send + Sync>>,
    /// What follows the pictures: tables, mostly.
    pub body: Markup,
    /// The rows of the page, for `.json` and `.csv`.
    pub data: Answer,
    /// Whether filters apply, and which choices there are.
    pub filters: Vec<Filter>,
    /// The footer.
    pub truth: Truth,
    /// True when the page shows made-up data.
    pub is_made_up: bool,
}

/// A filter: a parameter with its choices.
pub struct Filter {
    /// Parameter.
    pub name: &'static str,
    /// Label for people.
    pub label: &'static str,
    /// Values with their names.
    pub choices: Vec<(String, String)>,
    /// What is chosen, whether by the address or by default.
    pub chosen: String,
}

/// What the reader must know to trust or doubt a page.
#[derive(Clone, Debug, Default)]
pub struct Truth {
    /// Sources and snapshots.
    pub sources: String,
    /// Period.
    pub period: String,
    /// What was held of what there was.
    pub coverage: String,
    /// What could not be resolved, or is not known.
    pub unresolved: String,
    /// Method and its version.
    pub method: String,
    /// The day up to which acts are counted, and the version of the ledger.
    pub as_of: String,
}

impl Truth {
    /// Returns the rows of the footer, name and text.
    pub fn rows(&self) -> Vec<(&'static str, String)> {
        [
            ("Sources", &self.sources),
            ("Period", &self.period),
            ("Coverage", &self.coverage),
            ("Unresolved", &self.unresolved),
            ("Method", &self.method),
            ("As of", &self.as_of),
        ]
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(name, text)| (name, text.clone()))
        .collect()
    }
}

impl Asked {
    /// Returns the page as HTML, complete without scripts.
    pub fn html(&self, ask: &Ask) -> Markup {
        let main = html! {
            h1 { (self.title) }
            p.question { (self.question) }
            @if !self.filters.is_empty() { (filters(&self.filters, ask)) }
            p.answer { (self.answer) }
            @if let Some(controls) = &self.controls { (controls) }
            @if let Some(picture) = &self.picture { (figure(picture.as_ref(), "main")) }
            @if !self.small.is_empty() {
                div.small { @for picture in &self.small { (figure(picture.as_ref(), "")) } }
            }
            (self.body)
            (footer(&self.truth, ask, self.picture.is_some()))
        };
        document(&self.title, self.section, ask, self.is_made_up, &main)
    }
}

/// Returns the page that tells of a failure: what, where, what to do.
pub fn error(ask: &Ask, failure: &Failure) -> Markup {
    let told = failure.json();
    let text = |name: &str| told[name].as_str().unwrap_or_default().to_string();
    let main = html! {
        section.error {
            h1 { "This could not be answered" }
            p { (text("place")) ": " (text("message")) "." }
            p { "What to do: " (text("hint")) "." }
        }
    };
    document("This could not be answered", "", ask, false, &main)
}

/// Returns a chart's table twin, or any table of the same form.
pub fn table(table: &Table, n_numbers_from: usize) -> Markup {
    html! {
        div.scroll role="region" tabindex="0" aria-label=(table.caption) {
            table {
                caption { (table.caption) }
                thead { tr { @for name in &table.header { th scope="col" { (name) } } } }
                tbody {
                    @for row in &table.rows {
                        tr {
                            @for (at, cell) in row.iter().enumerate() {
                                td.num[at >= n_numbers_from] {
                                    @match &cell.href {
                                        Some(href) => a href=(href) { (cell.text) },
                                        None => (cell.text),
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn document(title: &str, section: &str, ask: &Ask, is_made_up: bool, main: &Markup) -> Markup {
    let theme = ask.param("theme").filter(|theme| ["light", "dark"].contains(theme));
    let (other, label) = if theme == Some("dark") { ("light", "Light") } else { ("dark", "Dark") };
    let nav = [
        ("/", "Pulse"),
        ("/engagement", "Engagement"),
        ("/evidence", "Evidence"),
        ("/review", "Review"),
        ("/drafting", "Drafting"),
        ("/methods", "Methods"),
    ];
    html! {
        (DOCTYPE)
        html lang="en" data-theme=[theme] {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " – Rapporteur" }
                link rel="stylesheet" href="/assets/app.css";
                script src="/assets/readout.js" type="module" {}
                @if section == "Methods" { script src="/assets/laboratory.js" type="module" {} }
                @if section == "Drafting" { script src="/assets/drafting.js" type="module" {} }
                @if section == "Review" { script src="/assets/review.js" type="module" {} }
            }
            body {
                a.skip href="#main" { "Skip to the content" }
                header.top {
                    a.brand href=(ask.to("/")) { "Rapporteur" }
                    nav aria-label="Pages" {
                        ul {
                            @for (path, name) in nav {
                                li { a href=(ask.to(path)) aria-current=[(name == section).then_some("page")] { (name) } }
                            }
                        }
                    }
                    a.theme href=(ask.with("theme", Some(other))) { (label) }
                }
                @if is_made_up {
                    aside.made-up-band aria-label="Made-up data" { span { "This page shows made-up data" } }
                }
                main #main { (main) }
            }
        }
    }
}

fn filters(filters: &[Filter], ask: &Ask) -> Markup {
    html! {
        form.filters method="get" action=(ask.path()) {
            ul.chips {
                @for filter in filters.iter().filter(|filter| ask.param(filter.name).is_some()) {
                    li {
                        a.chip href=(ask.with(filter.name, None)) {
                            (filter.label) ": " (chosen_name(filter)) span.hidden { ", remove filter" }
                        }
                    }
                }
            }
            details {
                summary { "Change what is shown" }
                div.fields {
                    @for filter in filters {
                        label {
                            (filter.label)
                            select name=(filter.name) {
                                @for (value, name) in &filter.choices {
                                    option value=(value) selected[*value == filter.chosen] { (name) }
                                }
                            }
                        }
                    }
                    @if let Some(theme) = ask.param("theme") { input type="hidden" name="theme" value=(theme); }
                    button type="submit" { "Show" }
                }
            }
            a.permalink href=(ask.with("", None)) { "Link to this view" }
        }
    }
}

fn chosen_name(filter: &Filter) -> &str {
    filter.choices.iter().find(|(value, _)| *value == filter.chosen).map_or(&filter.chosen, |(_, name)| name)
}

fn figure(picture: &(dyn Form + Send + Sync), class: &str) -> Markup {
    let twin = picture.table();
    html! {
        figure class=(class) {
            (PreEscaped(picture.pair()))
            x-readout {}
            figcaption { (picture.frame().title) ". " (picture.frame().summary) }
            details.twin {
                summary { "Table of this picture" }
                (table(&twin, 1))
            }
        }
    }
}

fn footer(truth: &Truth, ask: &Ask, has_picture: bool) -> Markup {
    html! {
        footer.truth {
            h2 { "What stands behind this page" }
            dl { @for (name, text) in truth.rows() { dt { (name) } dd { (text) } } }
            p.downloads {
                "The same rows: "
                a href=(ask.as_form("csv")) { ".csv" } " "
                a href=(ask.as_form("json")) { ".json" }
                @if has_picture { " " a href=(ask.as_form("svg")) { ".svg" } }
                ". Cite: this address, the method and the day above. Wrong? "
                a href=(ask.to("/evidence")) { "See the evidence" }
                ", then correct the source or "
                code { "rapporteur resolve" }
                " or " code { "review" }
                "; see " a href=(ask.to("/corrections")) { "what was corrected" } "."
            }
        }
    }
}
