//! scratch
#![allow(missing_docs, clippy::all, clippy::disallowed_methods, clippy::print_stdout)]
use resolve::organisation::*;
use resolve::*;
fn main() {
    let path = std::env::args().nth(1).unwrap();
    let limit: usize = std::env::args().nth(2).map_or(usize::MAX, |s| s.parse().unwrap());
    let text = std::fs::read_to_string(path).unwrap();
    let t = std::time::Instant::now();
    let mut counts: std::collections::BTreeMap<&str, i64> = Default::default();
    for line in text.lines().skip(1).take(limit) {
        *counts.entry(line.rsplit_once(',').unwrap().0).or_default() += 1;
    }
    let surfaces: Vec<Surface> =
        counts.into_iter().map(|(n, c)| Surface { name: n.into(), n: c, ..Surface::default() }).collect();
    println!("distinct {} {:?}", surfaces.len(), t.elapsed());
    let _ = KNOWN.get("x");
    println!("tables {:?}", t.elapsed());
    let held = Standing::of(Kind::Organisation, &[]);
    let p = propose(&surfaces, &held, &Tables::with(&[]), Some(&KNOWN), jiff::Timestamp::UNIX_EPOCH);
    println!("propose {:?} decisions {} doubts {}", t.elapsed(), p.decisions.len(), p.doubts.len());
    let s = Standing::of(Kind::Organisation, &p.decisions);
    println!("fold {:?} entities {}", t.elapsed(), s.entities().len());
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    for l in status.lines() {
        if l.starts_with("VmHWM") {
            println!("{l}");
        }
    }
}
