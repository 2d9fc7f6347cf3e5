// SPDX-License-Identifier: GPL-3.0-or-later
// What LifeView gives its parts to show.
#include "widgets/life2vec/chance_bars.h"
#include "widgets/life2vec/life_line.h"
#include "widgets/life2vec/life_view.h"
#include "widgets/life2vec/wave_plot.h"
#include "widgets/viewmodel/heat_image.h"

#include <QLabel>
#include <QPushButton>
#include <QScrollArea>

#include <algorithm>
#include <cmath>
#include <utility>

namespace headlens {

void LifeView::refresh()
{
    const bool lives = readsLives();
    m_scroll->setVisible(lives);
    m_honest->setVisible(lives);
    m_intro->setVisible(!lives);
    LifePicture picture;
    picture.mask = mask();
    if (lives) picture.events = m_life.events();
    picture.chosen = lives ? m_chosen : LifePlace();
    const std::vector<int> match = matchEvents(picture.events, m_read);
    for (int i = 0; i < int(picture.events.size()); ++i) {
        const auto read = std::size_t(std::max(match[std::size_t(i)], 0));
        const bool known = match[std::size_t(i)] >= 0 && read < m_attention.size();
        picture.attention.push_back(known ? std::optional(m_attention[read]) : std::nullopt);
        for (int slot = 0; slot < int(picture.events[std::size_t(i)].words.size()); ++slot)
            if (const auto* all = m_life.isHidden({i, slot}) ? guessesOf({i, slot}) : nullptr; all != nullptr)
                picture.guesses.push_back(
                    {{i, slot}, QString::fromStdString(all->best.front().text), all->best.front().probability});
    }
    m_line->setPicture(picture, displayFor(*m_model, *m_display));
    showGuesses();
    showVerdict();
    showWaves();
    say();
}

LifePlace LifeView::shownGap() const
{
    if (m_life.isHidden(m_chosen)) return m_chosen;
    LifePlace first;
    for (int i = 0; i < int(m_life.events().size()); ++i)
        for (int slot = 0; slot < int(m_life.events()[std::size_t(i)].words.size()); ++slot)
            if (m_life.isHidden({i, slot}) && (first.event < 0 || (i == m_chosen.event && first.event != i)))
                first = {i, slot};
    return first;
}

void LifeView::showGuesses()
{
    const LifePlace gap = shownGap();
    const verbs::TopTokens* guesses = gap.event < 0 ? nullptr : guessesOf(gap);
    std::vector<ShareLine> lines;
    if (guesses != nullptr)
        for (const verbs::TextScore& one : guesses->best)
            if (int(lines.size()) < kGuesses) lines.push_back({QString::fromStdString(one.text), one.probability});
    m_guesses->setLines(
        gap.event < 0 ? tr("Hidden word")
                      : tr("Hidden word %1 of %2")
                            .arg(QString::number(gap.slot + 1),
                                 QString::fromStdString(monthWord(m_life.events()[std::size_t(gap.event)].month))),
        lines,
        gap.event < 0 ? tr("No word is hidden. Choose one and press Delete: the model guesses it.")
                      : tr("There are no guesses yet."));
}

// Always in the same order: what the model thinks moves the bars, not their places.
void LifeView::showVerdict()
{
    std::vector<ShareLine> lines;
    const auto& said = m_model->input().outputs.get<verbs::Classes>().best;
    const std::vector<std::pair<std::string, QString>> usual{
        {"as lived", tr("as lived")}, {"reversed", tr("reversed")}, {"shuffled", tr("shuffled")}};
    for (const auto& [label, words] : usual)
        if (const auto found = std::ranges::find(said, label, &verbs::Prediction::label); found != said.end())
            lines.push_back({words, found->probability});
    if (lines.empty())
        for (const verbs::Prediction& one : said) lines.push_back({QString::fromStdString(one.label), one.probability});
    m_verdict->setLines(tr("Order of the events"), lines, tr("This model does not judge the order of events."));
}

void LifeView::showWaves()
{
    constexpr int kWaves = 4, kAround = 10;
    m_ages->setVisible(!m_state.age.empty());
    m_dates->setVisible(!m_state.date.empty());
    m_ages->setWaves(tellingWaves(m_state.age, kWaves));
    m_dates->setWaves(tellingWaves(m_state.date, kWaves));
    const auto& events = m_life.events();
    if (!events.empty() && !m_line->isDragging()) {
        const auto [first, last] = std::ranges::minmax(events, {}, &LifeEvent::month);
        const int firstYear = first.month / 12, lastYear = last.month / 12;
        m_dates->setRange(firstYear - kAround, lastYear + kAround);
    }
    const bool chosen = m_chosen.event >= 0 && m_chosen.event < int(events.size());
    std::optional<double> age, date;
    if (chosen) {
        const int month = events[std::size_t(m_chosen.event)].month;
        date = yearOf(month);
        age = yearOf(month - events.front().month);
        // What the engine counted goes before, where it is of this month.
        constexpr double kHalfMonth = 1.0 / 24;
        const auto said = m_state.dateOf(tokenOf(m_chosen));
        if (said && std::abs(*said - *date) < kHalfMonth) age = m_state.ageOf(tokenOf(m_chosen)).value_or(*age);
    }
    m_ages->setMarker(age);
    m_dates->setMarker(date);
    m_alpha->setVisible(!m_state.alpha.empty());
    m_alpha->setText(alphaText());
}

QString LifeView::alphaText() const
{
    if (m_state.alpha.size() != 2) return {};
    const auto part = [](const QString& added, const QString& notAdded, float alpha) {
        return alpha == 0 ? notAdded : added.arg(double(alpha), 0, 'f', 2);
    };
    return part(tr("Age is added with strength %1."), tr("Age is not added at all."), m_state.alpha[0]) +
           QLatin1Char(' ') +
           part(tr("Date is added with strength %1."), tr("Date is not added at all."), m_state.alpha[1]);
}

QString LifeView::hideText() const
{
    if (!m_life.isHidden(m_chosen)) return tr("Hide this word");
    const LifeEvent& event = m_life.events()[std::size_t(m_chosen.event)];
    if (!event.behind[std::size_t(m_chosen.slot)].empty()) return tr("Show this word");
    return tr("Write the best guess");
}

QString LifeView::intro() const
{
    return readsLives() ? QString() : tr("This model reads no lives.");
}

void LifeView::say()
{
    setAccessibleName(tr("Life line"));
    m_honest->setText(tr("These lives are made up by a program; they are nobody's."));
    m_intro->setText(tr("This model reads no lives."));
    m_hide->setText(hideText());
    m_hide->setEnabled(m_chosen.event >= 0 && m_chosen.slot >= 0);
    m_hide->setToolTip(tr("Delete on the life line does the same: the model guesses what is hidden"));
    m_swap->setText(tr("Swap with the next event"));
    m_swap->setEnabled(m_life.swapsWithNext(m_chosen.event));
    m_swap->setToolTip(tr("What happened changes places, the dates stay: see what the model says about the order "
                          "(Shift+Right on the life line)"));
    setAccessibleDescription(readsLives() ? m_line->accessibleDescription() : m_intro->text());
}

} // namespace headlens
