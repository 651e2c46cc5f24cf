//! What the checks need to know of Rust: where functions stand and how long they are, and which types are public.
//!
//! It works on tokens and not on lines, so that braces in texts and comments count for nothing.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A function with a body.
pub(super) struct Function {
    pub(super) name: String,
    /// From the word `fn` to the closing brace.
    pub(super) n_lines: usize,
}

/// Returns the tokens of a Rust file.
///
/// # Errors
/// When braces or quotes do not match.
pub(super) fn tokens(text: &str) -> Result<Vec<TokenTree>, String> {
    let stream: TokenStream = text.parse().map_err(|error| format!("expected Rust, found: {error}"))?;
    Ok(stream.into_iter().collect())
}

/// Returns every function with a body, also those inside others.
pub(super) fn functions(tokens: &[TokenTree]) -> Vec<Function> {
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if let TokenTree::Group(group) = token {
            found.extend(functions(&group.stream().into_iter().collect::<Vec<_>>()));
        }
        if is_word(token, "fn")
            && let Some(TokenTree::Ident(name)) = tokens.get(at + 1)
        {
            let rest = tokens[at + 2..].iter().take_while(|token| !is_mark(token, ';'));
            let body = rest.filter_map(|token| match token {
                TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(group),
                _ => None,
            });
            if let Some(body) = body.into_iter().next() {
                let line = token.span().start().line;
                let n_lines = body.span_close().end().line - line + 1;
                found.push(Function { name: name.to_string(), n_lines });
            }
        }
    }
    found
}

/// Returns the names of types that this level of a file declares `pub`, without narrowing.
pub(super) fn public_types(tokens: &[TokenTree]) -> Vec<String> {
    let declared = tokens.windows(3).filter_map(|three| match three {
        [one, two, TokenTree::Ident(name)] if is_word(one, "pub") => {
            let is_type = ["struct", "enum", "trait", "union", "type"].iter().any(|word| is_word(two, word));
            is_type.then(|| name.to_string())
        }
        _ => None,
    });
    declared.collect()
}

/// Returns the modules that this level of a file declares `pub`, and the last names of its `pub use`.
pub(super) fn public_paths(tokens: &[TokenTree]) -> (Vec<String>, Vec<String>) {
    let (mut modules, mut names) = (Vec::new(), Vec::new());
    for (at, token) in tokens.iter().enumerate() {
        if !is_word(token, "pub") {
            continue;
        }
        match tokens.get(at + 1) {
            Some(next) if is_word(next, "mod") => modules.extend(tokens.get(at + 2).map(ToString::to_string)),
            Some(next) if is_word(next, "use") => {
                let path: Vec<TokenTree> =
                    tokens[at + 2..].iter().take_while(|token| !is_mark(token, ';')).cloned().collect();
                if path.iter().any(|token| is_mark(token, '*')) {
                    modules.extend(path.first().map(ToString::to_string));
                }
                names.extend(used(&path));
            }
            _ => {}
        }
    }
    (modules, names)
}

/// The names that a path brings: those followed by a comma, by `}` or by its end.
fn used(path: &[TokenTree]) -> Vec<String> {
    let mut names = Vec::new();
    for (at, token) in path.iter().enumerate() {
        match token {
            TokenTree::Group(group) => names.extend(used(&group.stream().into_iter().collect::<Vec<_>>())),
            TokenTree::Ident(name) if path.get(at + 1).is_none_or(|next| is_mark(next, ',')) => {
                names.push(name.to_string());
            }
            _ => {}
        }
    }
    names
}

fn is_word(token: &TokenTree, word: &str) -> bool {
    matches!(token, TokenTree::Ident(name) if name == word)
}

fn is_mark(token: &TokenTree, mark: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODE: &str = "//! Story.\npub struct One;\npub(crate) struct Two;\nfn short() {}\n\
                        impl One {\n    fn long(\n        f: fn(u8) -> u8,\n    ) -> u8 {\n        \
                        let text = \"}}}\";\n        0\n    }\n}\ntrait T {\n    fn none();\n}\n";

    #[test]
    fn functions_have_lengths_and_braces_in_texts_do_not_count() {
        let found = functions(&tokens(CODE).unwrap());
        let seen: Vec<(&str, usize)> = found.iter().map(|it| (it.name.as_str(), it.n_lines)).collect();
        assert_eq!(seen, [("short", 1), ("long", 6)]);
    }

    #[test]
    fn only_what_is_public_without_narrowing_is_public() {
        assert_eq!(public_types(&tokens(CODE).unwrap()), ["One"]);
        let (modules, names) =
            public_paths(&tokens("pub mod a; pub use b::{C, d::E as F}; pub use g::*; use h::I;").unwrap());
        assert_eq!(modules, ["a", "g"]);
        assert_eq!(names, ["C", "F"]);
    }
}
