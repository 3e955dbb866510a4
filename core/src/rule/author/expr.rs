//! The text of a condition: `a & (b | c >= 2) & !d`.

use crate::{
    SenderClass,
    rule::condition::{Condition, Op, TRAITS},
};

/// First parts of dotted names that are no topics.
pub(super) const RESERVED: [&str; 6] = ["has", "disguise", "from", "sign", "domain", "sender"];

const CLASSES: [(SenderClass, &str); 13] = [
    (SenderClass::None, "none"),
    (SenderClass::Mobile, "mobile"),
    (SenderClass::Virtual, "virtual"),
    (SenderClass::Port, "port"),
    (SenderClass::Enterprise, "enterprise"),
    (SenderClass::Carrier, "carrier"),
    (SenderClass::Government, "government"),
    (SenderClass::Emergency, "emergency"),
    (SenderClass::Foreign, "foreign"),
    (SenderClass::FourHundred, "four-hundred"),
    (SenderClass::ShortCode, "short-code"),
    (SenderClass::Alphanumeric, "alphanumeric"),
    (SenderClass::Landline, "landline"),
];

/// The text of a condition; `name` gives those of lists, patterns and rules.
pub(super) fn text(condition: &Condition, name: &dyn Fn(&Op) -> String) -> String {
    // Each with how closely it binds: 0 for `|`, 1 for `&`, 2 for the rest.
    let mut stack: Vec<(String, u8)> = Vec::new();
    let wrapped = |(text, binds): (String, u8), least| if binds < least { format!("({text})") } else { text };
    for op in &condition.0 {
        let part = match op {
            Op::Not => (format!("!{}", wrapped(stack.pop().unwrap_or_default(), 2)), 2),
            Op::And | Op::Or => {
                let (b, a) = (stack.pop().unwrap_or_default(), stack.pop().unwrap_or_default());
                let (sign, binds) = if *op == Op::And { ("&", 1) } else { ("|", 0) };
                (format!("{} {sign} {}", wrapped(a, binds), wrapped(b, binds)), binds)
            }
            Op::List(_, least @ 2..) => (format!("{} >= {least}", name(op)), 2),
            Op::List(..) | Op::Pattern(_) | Op::Rule(_) => (name(op), 2),
            Op::Trait(item) => {
                (TRAITS.iter().find(|row| row.0 == *item).map_or_else(String::new, |row| row.1.to_owned()), 2)
            }
            Op::From(class) => {
                let name = CLASSES.iter().find(|row| row.0 == *class).map_or("", |row| row.1);
                (format!("from.{name}"), 2)
            }
            Op::Signature(kind) => (format!("sign.{kind}"), 2),
            Op::Domain(kind) => (format!("domain.{kind}"), 2),
            Op::Sender(kind) => (format!("sender.{kind}"), 2),
        };
        stack.push(part);
    }
    stack.pop().unwrap_or_default().0
}

/// A parsed condition: postfix, names not yet resolved.
#[derive(Default)]
pub(super) struct Expr(Vec<Step>);

enum Step {
    Name(String, Option<u8>),
    Not,
    And,
    Or,
}

impl Expr {
    /// Every name that occurs.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|step| if let Step::Name(name, _) = step { Some(name.as_str()) } else { None })
    }

    /// The condition, or an empty one if a name did not resolve.
    pub(super) fn emit(&self, resolve: &mut dyn FnMut(&str, Option<u8>) -> Option<Op>) -> Condition {
        let ops: Vec<Option<Op>> = self
            .0
            .iter()
            .map(|step| match step {
                Step::Name(name, at_least) => resolve(name, *at_least),
                Step::Not => Some(Op::Not),
                Step::And => Some(Op::And),
                Step::Or => Some(Op::Or),
            })
            .collect();
        Condition(ops.into_iter().collect::<Option<_>>().unwrap_or_default())
    }
}

/// Whether `text` may name a topic, list, pattern or rule.
pub(super) fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// `topic.name` for a name as written in `topic`.
pub(super) fn qualify(topic: &str, name: &str) -> String {
    if name.contains('.') { name.to_owned() } else { format!("{topic}.{name}") }
}

/// The operation of a name that is no list, pattern or rule.
pub(super) fn fixed(name: &str) -> Option<Op> {
    if let Some(row) = TRAITS.iter().find(|row| row.1 == name) {
        return Some(Op::Trait(row.0));
    }
    let (head, kind) = name.split_once('.')?;
    match head {
        "from" => CLASSES.iter().find(|row| row.1 == kind).map(|row| Op::From(row.0)),
        "sign" => Some(Op::Signature(kind.to_owned())),
        "domain" => Some(Op::Domain(kind.to_owned())),
        "sender" => Some(Op::Sender(kind.to_owned())),
        _ => None,
    }
}

/// Parses `when`; an error holds its byte offset.
pub(super) fn parse(text: &str) -> Result<Expr, (usize, String)> {
    let mut parser = Parser { text, at: 0, out: Vec::new(), depth: 0 };
    parser.alternatives()?;
    parser.skip_space();
    match parser.text[parser.at..].chars().next() {
        None => Ok(Expr(parser.out)),
        Some(c) => Err((parser.at, format!("expected `&`, `|` or the end of the condition, found `{c}`"))),
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    out: Vec<Step>,
    depth: usize,
}

impl Parser<'_> {
    fn skip_space(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
    }

    fn eat(&mut self, token: &str) -> bool {
        self.skip_space();
        let found = self.text[self.at..].starts_with(token);
        self.at += if found { token.len() } else { 0 };
        found
    }

    fn alternatives(&mut self) -> Result<(), (usize, String)> {
        self.conjunction()?;
        while self.eat("|") {
            self.conjunction()?;
            self.out.push(Step::Or);
        }
        Ok(())
    }

    fn conjunction(&mut self) -> Result<(), (usize, String)> {
        self.unary()?;
        while self.eat("&") {
            self.unary()?;
            self.out.push(Step::And);
        }
        Ok(())
    }

    fn unary(&mut self) -> Result<(), (usize, String)> {
        self.depth += 1;
        if self.depth > Condition::MAX_DEPTH {
            return Err((self.at, format!("nested deeper than {}", Condition::MAX_DEPTH)));
        }
        if self.eat("!") {
            self.unary()?;
            self.out.push(Step::Not);
        } else if self.eat("(") {
            let open = self.at - 1;
            self.alternatives()?;
            if !self.eat(")") {
                return Err((open, "this bracket is never closed".into()));
            }
        } else {
            self.name()?;
        }
        self.depth -= 1;
        Ok(())
    }

    fn name(&mut self) -> Result<(), (usize, String)> {
        let start = self.at;
        let rest = &self.text[start..];
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '.')).unwrap_or(rest.len());
        let name = &rest[..end];
        if name.is_empty() || !name.split('.').all(is_name) {
            let found = rest.chars().next().map_or("the end".to_owned(), |c| format!("`{c}`"));
            return Err((start, format!("expected a name, `!` or `(`, found {found}")));
        }
        self.at += end;
        let mut at_least = None;
        if self.eat(">=") {
            self.skip_space();
            let rest = &self.text[self.at..];
            let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            match rest[..digits].parse::<u8>() {
                Ok(n) if (1..=99).contains(&n) => at_least = Some(n),
                _ => return Err((self.at, "expected a number from 1 to 99 after `>=`".into())),
            }
            self.at += digits;
        }
        self.out.push(Step::Name(name.to_owned(), at_least));
        Ok(())
    }
}
