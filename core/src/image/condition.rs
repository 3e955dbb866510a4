//! A condition as the image holds it: a row of tests, each of which says where to go on when it is true and when it is not.
//! So a condition is known after few of them, and patterns come last.

use super::{CompileError, op};

/// A condition as a tree; `All` and `Any` hold something.
#[derive(Debug)]
pub(super) enum Node {
    /// Operation code and argument, and the least number of keywords for [`op::COUNT`].
    Test(u32, u8),
    Not(Box<Node>),
    All(Vec<Node>),
    Any(Vec<Node>),
}

/// One test of a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Test {
    /// Operation code, [`op`].
    pub(crate) op: u32,
    pub(crate) argument: u32,
    /// The least number of different keywords for [`op::COUNT`].
    pub(crate) least: u32,
    /// It stands under an even number of negations.
    pub(crate) positive: bool,
    /// Number of the test to go on with: when it is true, and when not.
    next: [u32; 2],
}

/// The end of a condition that does not hold, and of one that does.
const ENDS: [u32; 2] = [0x7fe, 0x7ff];
/// Most tests, below the ends.
pub(super) const MOST: usize = 0x7fe;

impl Test {
    /// Operation and argument, 8 and 24 bits; then from the low end `next` of true and of false, 11 bits each, `least`, 8
    /// bits, and `positive`.
    fn words(self) -> [u32; 2] {
        let [no, yes] = self.next;
        [self.op | self.argument << 8, yes | no << 11 | self.least << 22 | u32::from(self.positive) << 30]
    }

    pub(super) fn read([what, how]: [u32; 2]) -> Test {
        Test {
            op: what & 0xff,
            argument: what >> 8,
            least: how >> 22 & 0xff,
            positive: how >> 30 & 1 == 1,
            next: [how >> 11 & 0x7ff, how & 0x7ff],
        }
    }
}

/// Whether the condition of these tests holds.
#[inline]
pub(crate) fn holds(words: &[[[u8; 4]; 2]], mut is_true: impl FnMut(Test) -> bool) -> bool {
    let mut at = 0;
    while let Some(words) = words.get(at as usize) {
        let test = Test::read(words.map(u32::from_le_bytes));
        let next = test.next[usize::from(is_true(test))];
        if next <= at {
            return false; // Tests only lead on.
        }
        at = next;
    }
    at == ENDS[1]
}

impl Node {
    pub(super) fn and(self, other: Node) -> Node {
        match self {
            Node::All(mut all) => {
                all.push(other);
                Node::All(all)
            }
            one => Node::All(vec![one, other]),
        }
    }

    pub(super) fn or(self, other: Node) -> Node {
        match self {
            Node::Any(mut any) => {
                any.push(other);
                Node::Any(any)
            }
            one => Node::Any(vec![one, other]),
        }
    }

    /// Puts patterns behind all else, and says whether there are any.
    fn put_patterns_last(&mut self) -> bool {
        match self {
            Node::Test(word, _) => *word & 0xff == op::PATTERN,
            Node::Not(of) => of.put_patterns_last(),
            Node::All(of) | Node::Any(of) => {
                let (with, without): (Vec<_>, Vec<_>) = std::mem::take(of)
                    .into_iter()
                    .map(|mut node| (node.put_patterns_last(), node))
                    .partition(|node| node.0);
                let found = !with.is_empty();
                of.extend(without.into_iter().chain(with).map(|node| node.1));
                found
            }
        }
    }

    /// The words of its tests.
    pub(super) fn words(mut self) -> Result<impl Iterator<Item = u32>, CompileError> {
        self.put_patterns_last();
        let mut tests = Vec::new();
        self.write(true, ENDS, &mut tests);
        if tests.len() > MOST {
            return Err(CompileError::TooLarge("conditions"));
        }
        // They were written from the last to the first, and numbered so.
        let last = tests.len().saturating_sub(1) as u32;
        let forward = move |next: u32| if next < MOST as u32 { last - next } else { next };
        Ok(tests.into_iter().rev().flat_map(move |test| Test { next: test.next.map(forward), ..test }.words()))
    }

    /// Writes its tests behind those that come after them; returns the number of the first to make.
    fn write(&self, positive: bool, [no, yes]: [u32; 2], tests: &mut Vec<Test>) -> u32 {
        match self {
            Node::Test(word, least) => {
                let (op, argument, least) = (word & 0xff, word >> 8, u32::from(*least));
                tests.push(Test { op, argument, least, positive, next: [no, yes] });
                tests.len() as u32 - 1
            }
            Node::Not(of) => of.write(!positive, [yes, no], tests),
            Node::All(of) => of.iter().rev().fold(yes, |yes, node| node.write(positive, [no, yes], tests)),
            Node::Any(of) => of.iter().rev().fold(no, |no, node| node.write(positive, [no, yes], tests)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn nodes() -> impl Strategy<Value = Node> {
        let leaf = (0u32..6, any::<bool>())
            .prop_map(|(n, pattern)| Node::Test(if pattern { op::PATTERN | n << 8 } else { op::LIST | n << 8 }, 0));
        leaf.prop_recursive(5, 24, 4, |inner| {
            prop_oneof![
                inner.clone().prop_map(|of| Node::Not(Box::new(of))),
                prop::collection::vec(inner.clone(), 1..4).prop_map(Node::All),
                prop::collection::vec(inner, 1..4).prop_map(Node::Any),
            ]
        })
    }

    /// Truth by the book; a pattern is true as a list is.
    fn truth(node: &Node, facts: u32) -> bool {
        match node {
            Node::Test(word, _) => facts >> ((word >> 8) + 8 * (word & 0xff)) & 1 == 1,
            Node::Not(of) => !truth(of, facts),
            Node::All(of) => of.iter().all(|node| truth(node, facts)),
            Node::Any(of) => of.iter().any(|node| truth(node, facts)),
        }
    }

    fn read(words: impl Iterator<Item = u32>) -> Vec<[[u8; 4]; 2]> {
        let words: Vec<[u8; 4]> = words.map(u32::to_le_bytes).collect();
        words.as_chunks().0.to_vec()
    }

    proptest! {
        #[test]
        fn the_tests_say_what_the_tree_says(node in nodes(), facts: [u32; 8]) {
            let expected = facts.map(|facts| truth(&node, facts));
            let words = read(node.words().unwrap());
            let found = facts.map(|facts| holds(&words, |test| facts >> (test.argument + 8 * test.op) & 1 == 1));
            prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn a_condition_ends_with_the_first_test_that_decides_it_and_patterns_come_last() {
        let list = |n: u32| Node::Test(op::LIST | n << 8, 0);
        let pattern = |n: u32| Node::Test(op::PATTERN | n << 8, 0);
        // /0/ & a & (/1/ & b | c) & !d
        let node = pattern(0).and(list(0)).and(pattern(1).and(list(1)).or(list(2))).and(Node::Not(Box::new(list(3))));
        let words = read(node.words().unwrap());
        let asked = |facts: &[u32]| {
            let mut asked = String::new();
            let held = holds(&words, |test| {
                asked.push(if test.op == op::PATTERN {
                    (b'0' + test.argument as u8) as char
                } else {
                    (b'a' + test.argument as u8) as char
                });
                test.op == op::PATTERN || facts.contains(&test.argument)
            });
            (asked, held)
        };
        assert_eq!(asked(&[]), ("a".into(), false));
        assert_eq!(asked(&[0, 2, 3]), ("ad".into(), false));
        assert_eq!(asked(&[0]), ("ad0cb".into(), false));
        assert_eq!(asked(&[0, 2]), ("ad0c".into(), true));
        assert_eq!(asked(&[0, 1]), ("ad0cb1".into(), true));
    }

    #[test]
    fn tests_that_lead_back_or_nowhere_do_not_hold() {
        let test = |next| Test { op: op::LIST, argument: 0, least: 0, positive: true, next: [next, next] };
        for next in [0, 1, 5, ENDS[0]] {
            assert!(!holds(&read(test(next).words().into_iter()), |_| true), "{next}");
        }
        assert!(holds(&read(test(ENDS[1]).words().into_iter()), |_| false));
        assert!(!holds(&[], |_| true));
    }

    #[test]
    fn words_hold_all_of_a_test() {
        let test = Test { op: op::COUNT, argument: 0xff_ffff, least: 255, positive: true, next: [0x7fe, 5] };
        assert_eq!(Test::read(test.words()), test);
    }
}
