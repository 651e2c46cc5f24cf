//! scratch: groups of NAME,N csv
#![allow(missing_docs, clippy::all, clippy::disallowed_methods, clippy::print_stdout)]
use resolve::organisation::*;
use resolve::*;
fn main() {
    let text = std::fs::read_to_string(std::env::args().nth(1).unwrap()).unwrap();
    let mut surfaces = vec![];
    for line in text.lines().skip(1) { let (n, c) = line.rsplit_once(',').unwrap(); let n = n.trim_matches('"').replace("\"\"", "\""); surfaces.push(Surface { name: n, n: c.trim().parse().unwrap(), ..Surface::default() }); }
    let held = Standing::of(Kind::Organisation, &[]);
    let p = propose(&surfaces, &held, &Tables::with(&[]), Some(&KNOWN), jiff::Timestamp::UNIX_EPOCH);
    let s = Standing::of(Kind::Organisation, &p.decisions);
    let mut g: std::collections::BTreeMap<String, Vec<(i64, String, String)>> = Default::default();
    for x in &surfaces { let (k, rule) = match s.stands(&x.name) { Stands::For(e) => (e.name.clone(), s.identity(&x.name).rule), Stands::ForNobody(_) => ("(nobody)".into(), "none".into()), Stands::Undecided => ("(undecided)".into(), "".into()) }; g.entry(k).or_default().push((x.n, x.name.clone(), rule)); }
    let mut v: Vec<_> = g.into_iter().collect(); v.sort_by_key(|(k, m)| (std::cmp::Reverse(m.iter().map(|x| x.0).sum::<i64>()), k.clone()));
    println!("groups {}", v.len());
    for (i, (k, mut m)) in v.into_iter().enumerate() { m.sort(); m.reverse(); println!("{}\t{k}\t{}\t{}", i + 1, m.iter().map(|x| x.0).sum::<i64>(), m.iter().map(|x| format!("{} ({}{})", x.1, x.0, if x.2 == "key" { String::new() } else { format!(" {}", x.2) })).collect::<Vec<_>>().join("; ")); }
    for d in &p.doubts { println!("DOUBT {:.1} {} | {}", d.bits, d.a, d.b); }
}
