//! scratch
#![allow(missing_docs, clippy::all, clippy::disallowed_methods, clippy::print_stdout)]
use std::collections::{BTreeMap, HashMap};
use resolve::organisation::*;
use resolve::organisation::star::*;
use resolve::organisation::weigh::*;
use resolve::Agreement;
fn main() {
    let path = std::env::args().nth(1).unwrap();
    let text = std::fs::read_to_string(path).unwrap();
    let mut names = vec![]; let mut truth = vec![]; let mut ids: BTreeMap<String,u64> = BTreeMap::new();
    let mut reader = text.lines(); reader.next();
    for line in reader {
        // name,cluster,...
        let (name, rest) = if let Some(l) = line.strip_prefix('"') { let e = l.find("\",").unwrap(); (l[..e].replace("\"\"","\""), &l[e+2..]) } else { let e = line.find(',').unwrap(); (line[..e].to_string(), &line[e+1..]) };
        let c = rest.split(',').next().unwrap().to_string();
        let n = ids.len() as u64; let id = *ids.entry(c).or_insert(n);
        names.push(name); truth.push(id);
    }
    let t = std::time::Instant::now();
    let mut nodes: Vec<Node> = vec![]; let mut node_of = vec![]; let mut by: HashMap<String,usize> = HashMap::new();
    for name in &names { let parsed = Parsed::of(name); let squash = parsed.squash();
        let at = *by.entry(squash.clone()).or_insert_with(|| { nodes.push(Node{name:name.clone(),parsed, squash, n:0}); nodes.len()-1 });
        nodes[at].n += 1; { let p2 = Parsed::of(name); if p2.core.len() > nodes[at].parsed.core.len() { nodes[at].parsed = p2; nodes[at].name = name.clone(); } } node_of.push(at); }
    let w = Weights::THESE;
    let g = gather::gather(&nodes, None, &w, |_| false);
    let known = &*known::KNOWN; let t1 = std::time::Instant::now();
    { let g = gather::gather(&nodes, Some(known), &w, |_| false); println!("known gather {:?}", t1.elapsed());
      // entity name per node, then group
      let mut parent: Vec<usize> = (0..nodes.len()).collect(); let mut by: HashMap<String,usize> = HashMap::new(); let mut called: HashMap<usize,String> = HashMap::new();
      fn root(p: &mut Vec<usize>, mut a: usize) -> usize { while p[a]!=a { p[a]=p[p[a]]; a=p[a]; } a }
      let node_for = |b: &str, parent: &mut Vec<usize>, by: &mut HashMap<String,usize>| -> usize { let k = known::letters(&Parsed::of(b)); *by.entry(k).or_insert_with(|| { parent.push(parent.len()); parent.len()-1 }) };
      for l in &g.links { let c = match &l.centre { gather::Centre::Node(n) => *n, gather::Centre::Brand(b) => { let c = node_for(b, &mut parent, &mut by); called.insert(c, b.clone()); c } }; let (a,b)=(root(&mut parent,l.node),root(&mut parent,c)); parent[a]=b; }
      let ent: Vec<u64> = node_of.iter().map(|&n| root(&mut parent, n) as u64).collect();
      let a = Agreement::of(&ent, &truth); println!("tables, entity: P {:.4} R {:.4} F1 {:.4} B3F {:.4}", a.precision().unwrap(), a.recall().unwrap(), a.f1().unwrap(), a.b_cubed_f1());
      let mut todo: Vec<(usize,String)> = called.into_iter().collect(); todo.sort();
      let mut seen = std::collections::HashSet::new();
      while let Some((c,name)) = todo.pop() { if !seen.insert(name.clone()) { continue; }
        let mut bs: Vec<_> = known.belongs(&name).iter().filter(|b| { let d: jiff::civil::Date = std::env::var("ASOF").unwrap_or("2026-11-22".into()).parse().unwrap(); let ops = std::env::var("OPS").unwrap_or("PartOf AcquiredBy SucceededBy".into()); ops.contains(&format!("{:?}", b.op)) && b.from.is_none_or(|f| f<=d) && b.until.is_none_or(|u| u>=d) }).collect(); bs.sort_by_key(|b| (b.from, b.to.clone()));
        if let Some(b) = bs.last() { let d = node_for(&b.to, &mut parent, &mut by); let (x,y)=(root(&mut parent,c),root(&mut parent,d)); parent[x]=y; todo.push((d, b.to.clone())); } }
      if std::env::var("UNION").is_ok() { for l in &gather::gather(&nodes, None, &w, |_| false).links { let c = match &l.centre { gather::Centre::Node(n) => *n, gather::Centre::Brand(b) => { let k = format!("V {b}"); *by.entry(k).or_insert_with(|| { parent.push(parent.len()); parent.len()-1 }) } }; let (a,b)=(root(&mut parent,l.node),root(&mut parent,c)); parent[a]=b; } }
      let grp: Vec<u64> = node_of.iter().map(|&n| root(&mut parent, n) as u64).collect();
      let a = Agreement::of(&grp, &truth); println!("tables, group: P {:.4} R {:.4} F1 {:.4} B3F {:.4}", a.precision().unwrap(), a.recall().unwrap(), a.f1().unwrap(), a.b_cubed_f1());
      if std::env::args().nth(2).as_deref() == Some("gbad") {
        let mut cl: BTreeMap<u64, BTreeMap<u64, Vec<&str>>> = BTreeMap::new();
        for i in 0..names.len() { cl.entry(grp[i]).or_default().entry(truth[i]).or_default().push(&names[i]); }
        let mut v: Vec<_> = cl.into_values().filter(|c| c.len()>1).collect();
        v.sort_by_key(|c| std::cmp::Reverse({ let t: usize = c.values().map(|x| x.len()).sum(); let own: usize = c.values().map(|x| x.len()*x.len()).sum(); t*t-own }));
        for c in v.iter().take(60) { println!("GBAD {}", c.values().map(|p| p.iter().take(4).cloned().collect::<Vec<_>>().join("; ")).collect::<Vec<_>>().join("  ||  ")); } }
      if std::env::args().nth(2).as_deref() == Some("gmiss") {
        let mut cl: BTreeMap<u64, BTreeMap<u64, Vec<&str>>> = BTreeMap::new();
        for i in 0..names.len() { cl.entry(truth[i]).or_default().entry(grp[i]).or_default().push(&names[i]); }
        let mut v: Vec<_> = cl.into_values().filter(|c| c.len()>1).collect();
        v.sort_by_key(|c| std::cmp::Reverse({ let t: usize = c.values().map(|x| x.len()).sum(); let own: usize = c.values().map(|x| x.len()*x.len()).sum(); t*t-own }));
        for c in v.iter().take(60) { println!("GMISS {}", c.values().map(|p| p.iter().take(4).cloned().collect::<Vec<_>>().join("; ")).collect::<Vec<_>>().join("  ||  ")); } }
    }
    let mut parent: Vec<usize> = (0..nodes.len()).collect();
    fn root(p: &mut Vec<usize>, mut a: usize) -> usize { while p[a]!=a { p[a]=p[p[a]]; a=p[a]; } a }
    let mut virt: HashMap<String,usize> = HashMap::new();
    let mut links = vec![];
    for l in &g.links { let c = match &l.centre { gather::Centre::Node(n) => *n, gather::Centre::Brand(b) => *virt.entry(Parsed::of(b).squash()).or_insert(l.node) };
        let (a,b) = (root(&mut parent,l.node), root(&mut parent,c)); parent[a]=b; links.push((l, c)); }
    let found: Vec<u64> = node_of.iter().map(|&n| root(&mut parent, n) as u64).collect();
    let show = |l: &str, f: &[u64]| { let a = Agreement::of(f, &truth); println!("{l}: P {:.4} R {:.4} F1 {:.4} B3F {:.4} B3P {:.3} B3R {:.3} {:?}", a.precision().unwrap(), a.recall().unwrap(), a.f1().unwrap(), a.b_cubed_f1(), a.b_cubed_precision, a.b_cubed_recall, t.elapsed()); };
    show("key", &node_of.iter().map(|&n| n as u64).collect::<Vec<_>>());
    show("brand", &found);
    if names.len() > 10000 { let k = 3243; let a = Agreement::of(&found[..k], &truth[..k]); println!("among the first {k}: P {:.4} R {:.4}", a.precision().unwrap(), a.recall().unwrap());
      let mut c: HashMap<u64,(u64,u64)> = HashMap::new(); for i in 0..names.len() { let e = c.entry(found[i]).or_default(); if i<k {e.0+=1} else {e.1+=1} }
      println!("clusters mixing {} bg names in them {}", c.values().filter(|v| v.0>0&&v.1>0).count(), c.values().filter(|v| v.0>0).map(|v| v.1).sum::<u64>());
      let mut big: Vec<_> = c.iter().map(|(k,v)| (v.0+v.1,*k)).collect(); big.sort(); big.reverse(); for (n,id) in big.iter().take(25) { let ex: Vec<&str> = (0..names.len()).filter(|&i| found[i]==*id).take(6).map(|i| names[i].as_str()).collect(); println!("BIG {n} {ex:?}"); } }
    // errors: false links per rule
    let mut first: HashMap<usize, usize> = HashMap::new(); for (i,n) in node_of.iter().enumerate() { first.entry(*n).or_insert(i); }
    let mut bad = vec![]; let mut per: BTreeMap<&str,(u64,u64)> = BTreeMap::new();
    for (f,c) in &links { if f.node==*c {continue} let (i,j) = (first[&f.node], first[c]); if truth[i]!=truth[j] { bad.push((names[i].clone(), names[j].clone(), format!("{} {:.1}", f.rule, f.bits))); }
        let e: &mut (u64,u64) = per.entry(f.rule).or_default(); e.1+=1; if truth[i]==truth[j] { e.0+=1; } }
    for (r,(a,b)) in &per { println!("rule {r}: {a} of {b} = {:.3}, low {:.3}", *a as f64 / *b as f64, resolve::lower_bound(*a,*b).unwrap()); }
    println!("doubts {}", g.doubts.len()); for d in g.doubts.iter() { let i = first[&d.node]; let j = match &d.centre { gather::Centre::Node(n) => first[n], gather::Centre::Brand(b) => first[&virt.get(&Parsed::of(b).squash()).copied().unwrap_or(d.node)] }; if std::env::args().nth(2).as_deref() == Some("doubt") { println!("DOUBT {} {:.1} {} | {} {}", truth[i]==truth[j], d.bits, names[i], names[j], d.rule); } }
    println!("false links {} of {}", bad.len(), links.len());
    if std::env::args().nth(2).as_deref() == Some("bad") { for b in &bad { println!("BAD {} {} | {}", b.2, b.0, b.1); } }
    if std::env::args().nth(2).as_deref() == Some("miss") {
        // clusters in truth that are split: print parts
        let mut cl: BTreeMap<u64, BTreeMap<u64, Vec<&str>>> = BTreeMap::new();
        for i in 0..names.len() { cl.entry(truth[i]).or_default().entry(found[i]).or_default().push(&names[i]); }
        let mut v: Vec<_> = cl.into_values().filter(|c| c.len()>1).collect();
        v.sort_by_key(|c| std::cmp::Reverse({ let t: usize = c.values().map(|x| x.len()).sum(); let own: usize = c.values().map(|x| x.len()*x.len()).sum(); t*t-own }));
        for c in v.iter().take(700) { println!("MISS {}", c.values().map(|p| p.iter().take(6).cloned().collect::<Vec<_>>().join("; ")).collect::<Vec<_>>().join("  ||  ")); }
    }
}
