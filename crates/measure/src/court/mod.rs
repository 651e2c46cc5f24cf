//! The court of metrics: by which criteria one metric is better than another, each with its interval.
