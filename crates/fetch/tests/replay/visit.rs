//! A workspace in memory: what is kept, a state file in a folder of its own, and a clock in which no time passes.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use fetch::{Clock, Failure, Fetched, Outcome, Run, Settings, State};
use jiff::Timestamp;

/// Where the clock of a test begins.
pub const START: &str = "2031-03-04T05:06:07Z";

pub struct Visit {
    pub settings: Settings,
    /// What was handed on, in its order.
    pub kept: Vec<Fetched>,
    /// Every wait, and the time.
    pub waits: Rc<RefCell<Vec<Duration>>>,
    now: Rc<RefCell<Timestamp>>,
    store: RefCell<BTreeMap<String, Vec<u8>>>,
    folder: tempfile::TempDir,
    /// The run is stopped when so many addresses were kept.
    pub stop_after: usize,
}

impl Visit {
    /// Returns a visitor with small limits; every base of the presets is the server.
    pub fn new(base: &str) -> Self {
        let mut settings = Settings::new("ops@acme.example");
        settings.limits.n_bytes = 1 << 20;
        settings.limits.time = Duration::from_secs(20);
        for name in fetch::PRESETS.iter().flat_map(|preset| preset.bases).map(|(name, _)| *name) {
            settings.bases.insert(name.into(), format!("{base}/{name}"));
        }
        Self {
            settings,
            kept: Vec::new(),
            waits: Rc::default(),
            now: Rc::new(RefCell::new(START.parse().unwrap())),
            store: RefCell::default(),
            folder: tempfile::tempdir().unwrap(),
            stop_after: usize::MAX,
        }
    }

    pub fn state(&self) -> std::path::PathBuf {
        self.folder.path().join("fetched.json")
    }

    /// Lets time pass.
    pub fn later(&self, hours: i64) {
        let next = *self.now.borrow() + jiff::SignedDuration::from_hours(hours);
        *self.now.borrow_mut() = next;
    }

    /// Loses the bytes that were kept, as when a folder was removed by hand.
    pub fn forget(&self) {
        self.store.borrow_mut().clear();
    }

    /// Fetches a source as a new process would: the state comes from its file.
    pub fn fetch(&mut self, source: &str) -> Result<Outcome, Failure> {
        let (now, waits, ticking) = (Rc::clone(&self.now), Rc::clone(&self.waits), Rc::clone(&self.now));
        let sleep = move |wait: Duration| {
            waits.borrow_mut().push(wait);
            let next = *ticking.borrow() + jiff::SignedDuration::try_from(wait).unwrap();
            *ticking.borrow_mut() = next;
        };
        let (clock, stop) = (Clock::new(move || *now.borrow(), sleep), AtomicBool::new(false));
        let mut state = State::open(&self.state())?;
        let (store, kept, stop_after) = (&self.store, &mut self.kept, self.stop_after);
        let held = |id: &str| store.borrow().get(id).cloned();
        let mut keep = |fetched: Fetched| {
            store.borrow_mut().insert(fetched.content_id.clone(), fetched.bytes.clone());
            kept.push(fetched);
            stop.store(kept.len() >= stop_after, Ordering::Relaxed);
            Ok(())
        };
        let mut run = Run { settings: &self.settings, clock: &clock, stop: &stop, held: &held, keep: &mut keep };
        fetch::fetch(source, &mut run, &mut state)
    }

    /// Fetches a source of which nothing can be had, and returns the one failure.
    pub fn failure(&mut self, source: &str) -> Failure {
        let outcome = self.fetch(source).unwrap();
        assert!(self.kept.is_empty(), "kept {:?}", self.kept);
        assert!(!outcome.is_complete);
        let [failure] = &outcome.failures[..] else { panic!("expected one failure, found {:?}", outcome.failures) };
        failure.clone()
    }

    /// Fetches a source of one address, and returns its bytes as text.
    pub fn text(&mut self, source: &str) -> String {
        let outcome = self.fetch(source).unwrap();
        assert_eq!(outcome.failures, []);
        assert!(outcome.is_complete);
        String::from_utf8(self.kept.last().unwrap().bytes.clone()).unwrap()
    }

    /// Returns how long was waited in all.
    pub fn waited(&self) -> Duration {
        self.waits.borrow().iter().sum()
    }
}
