//! The figures of a quarter, for a mail and for a page to print.

use jiff::civil::Date;
use serde_json::{Value, json};
use tera::TeraResult;

use super::{Page, Pages};
use crate::Service;
use crate::digest::Report;
use crate::figures::{Cell, Figures, Quarter};
use crate::session::Colleague;

/// What stands where a count is hidden.
const HIDDEN: &str = "–";

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Shown(count) => count.to_string(),
        Cell::Hidden => HIDDEN.to_owned(),
    }
}

fn table(pages: &Pages<'_>, figures: &Figures) -> Value {
    let none = || pages.string("figures.not_told");
    let area = |id: &Option<String>| match id {
        Some(id) => pages.service.bundle.area_name(id).unwrap_or(id).to_owned(),
        None => none(),
    };
    let topic = |id: &Option<String>| match id {
        Some(id) => pages.service.topic_name(id, pages.lang).to_owned(),
        None => none(),
    };
    let cells = |all: &[Cell]| all.iter().map(cell).collect::<Vec<_>>();
    json!({
        "columns": figures.columns.iter().map(topic).collect::<Vec<_>>(),
        "rows": figures.rows.iter().map(|row| json!({
            "label": area(&row.area), "cells": cells(&row.cells), "total": cell(&row.total),
        })).collect::<Vec<_>>(),
        "totals": cells(&figures.column_totals),
        "total": cell(&figures.total),
    })
}

/// `oktober tot en met december 2026`.
fn in_words(pages: &Pages<'_>, quarter: Quarter) -> String {
    let month = |day: Date| {
        let months = pages.dates().map(|words| words.months.as_slice()).unwrap_or_default();
        let place = usize::from(day.month().unsigned_abs()) - 1;
        months.get(place).cloned().unwrap_or_else(|| day.strftime("%Y-%m").to_string())
    };
    let (first, last) = (quarter.first_day(), quarter.last_day());
    let words = pages.string("figures.quarter");
    words
        .replace("{first}", &month(first))
        .replace("{last}", &month(last))
        .replace("{year}", &last.year().to_string())
}

fn context(pages: &Pages<'_>, report: &Report) -> Value {
    json!({
        "quarter_text": in_words(pages, report.quarter),
        "questions": table(pages, &report.questions),
        "offers": table(pages, &report.offers),
    })
}

/// The words of the mail.
pub fn quarter_mail(service: &Service, report: &Report, link: &str) -> Value {
    let pages = Pages::new(service, "");
    let mut context = context(&pages, report);
    context["link"] = link.into();
    context
}

impl Pages<'_> {
    /// A page to print; `before` are the quarters that can be chosen.
    pub fn figures(
        &self,
        colleague: &Colleague,
        report: &Report,
        choices: &[Quarter],
    ) -> TeraResult<Page> {
        let mut context = context(self, report);
        context["desk"] = self.desk(colleague, "/inbox/cijfers");
        let choice = |quarter: &Quarter| {
            json!({
                "value": quarter.to_string(),
                "label": in_words(self, *quarter),
                "chosen": *quarter == report.quarter,
            })
        };
        context["quarters"] = choices.iter().map(choice).collect();
        self.render("forms/inbox-figures.html", &self.string("inbox.title.figures"), &context)
    }
}
