//! The table twin of a picture: the same numbers in the same order, for reading, copying and screen readers.

/// A table with a caption; every row has as many cells as the header.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// What the table holds.
    pub caption: String,
    /// Column names; the first column names the row.
    pub header: Vec<String>,
    /// Rows in the order of the picture.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell of a [`Table`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// The text as shown; empty where the column does not apply.
    pub text: String,
    /// Where the rows behind the cell are.
    pub href: Option<String>,
}

impl Cell {
    /// A cell that leads nowhere.
    pub(crate) fn plain(text: impl Into<String>) -> Cell {
        Cell { text: text.into(), href: None }
    }

    /// A cell that leads to the rows behind it, where there are any.
    pub(crate) fn linked(text: impl Into<String>, href: Option<&str>) -> Cell {
        Cell { text: text.into(), href: href.map(String::from) }
    }
}

/// Returns owned column names.
pub(crate) fn header(names: &[&str]) -> Vec<String> {
    names.iter().map(ToString::to_string).collect()
}
