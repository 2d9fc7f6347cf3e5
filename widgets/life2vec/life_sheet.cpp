// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/life2vec/life_sheet.h"

#include "widgets/life2vec/chance_bars.h"
#include "widgets/life2vec/wave_plot.h"

#include <QBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>

#include <algorithm>
#include <utility>

namespace headlens {
namespace {

constexpr int kGuesses = 5, kVerdicts = 3;             // that are shown
constexpr int kTwoColumns = 760, kThreeColumns = 1000; // pixels

QString textOf(LifeContent::Hiding hiding)
{
    switch (hiding) {
    case LifeContent::Hiding::Hide: break;
    case LifeContent::Hiding::ShowWord: return LifeSheet::tr("Show this word");
    case LifeContent::Hiding::WriteGuess: return LifeSheet::tr("Write the best guess");
    }
    return LifeSheet::tr("Hide this word");
}

QString alphaText(const std::vector<float>& alpha)
{
    if (alpha.size() != 2) return {};
    const auto part = [](const QString& added, const QString& notAdded, float strength) {
        return strength == 0 ? notAdded : added.arg(double(strength), 0, 'f', 2);
    };
    return part(LifeSheet::tr("Age is added with strength %1."), LifeSheet::tr("Age is not added at all."), alpha[0]) +
           QLatin1Char(' ') +
           part(LifeSheet::tr("Date is added with strength %1."), LifeSheet::tr("Date is not added at all."), alpha[1]);
}

} // namespace

LifeSheet::LifeSheet(QWidget* parent)
    : QWidget(parent), m_intro(new QLabel), m_honest(new QLabel), m_alpha(new QLabel), m_scroll(new QScrollArea),
      m_parts(new QWidget), m_line(new LifeLine), m_hide(new QPushButton), m_swap(new QPushButton),
      m_guesses(new ChanceBars), m_verdict(new ChanceBars), m_ages(new WavePlot(WavePlot::Kind::Age)),
      m_dates(new WavePlot(WavePlot::Kind::Date))
{
    build();
    connect(m_hide, &QPushButton::clicked, this, &LifeSheet::hidePressed);
    connect(m_swap, &QPushButton::clicked, this, &LifeSheet::swapPressed);
}

void LifeSheet::build()
{
    auto* outer = new QVBoxLayout(this);
    auto* layout = new QVBoxLayout(m_parts);
    layout->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_honest); // not scrolled away
    outer->addWidget(m_intro);
    outer->addWidget(m_scroll, 1);
    outer->addStretch(0);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setWidget(m_parts);
    for (QLabel* label : {m_intro, m_honest, m_alpha}) label->setWordWrap(true);
    layout->addWidget(m_line);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_hide);
    buttons->addWidget(m_swap);
    buttons->addStretch(1);
    layout->addLayout(buttons);
    arrangeBelow(layout);
    layout->addStretch(1);
    m_guesses->setRoom(kGuesses);
    m_verdict->setRoom(kVerdicts);
    m_ages->setRange(0, 100);
}

void LifeSheet::arrangeBelow(QBoxLayout* layout)
{
    m_below = new QBoxLayout(QBoxLayout::TopToBottom);
    layout->addLayout(m_below);
    auto *bars = new QVBoxLayout, *waves = new QVBoxLayout;
    bars->addWidget(m_guesses);
    bars->addWidget(m_verdict);
    bars->addStretch(1);
    waves->addWidget(m_alpha);
    m_waves = new QBoxLayout(QBoxLayout::TopToBottom);
    m_waves->addWidget(m_ages);
    m_waves->addWidget(m_dates);
    waves->addLayout(m_waves);
    waves->addStretch(1);
    m_below->addLayout(bars, 2);
    m_below->addLayout(waves, 3);
}

void LifeSheet::resizeEvent(QResizeEvent*)
{
    const auto beside = [this](int from) {
        return width() >= from ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom;
    };
    m_below->setDirection(beside(kTwoColumns));
    m_waves->setDirection(beside(kThreeColumns));
}

void LifeSheet::setContent(const LifeContent& content)
{
    m_scroll->setVisible(content.isLife);
    m_honest->setVisible(content.isLife);
    m_intro->setVisible(!content.isLife);
    m_line->setPicture(content.picture, content.display);
    showGuesses(content);
    showVerdict(content);
    say(content);
}

void LifeSheet::showGuesses(const LifeContent& content)
{
    const LifePlace& gap = content.gap;
    if (gap.event < 0)
        return m_guesses->setLines(tr("Hidden word"), {},
                                   tr("No word is hidden. Choose one and press Delete: the model guesses it."));
    std::vector<ShareLine> lines;
    for (const verbs::TextScore& one : content.guesses)
        if (int(lines.size()) < kGuesses) lines.push_back({QString::fromStdString(one.text), one.probability});
    const std::string month = monthWord(content.picture.events[std::size_t(gap.event)].month);
    m_guesses->setLines(tr("Hidden word %1 of %2").arg(QString::number(gap.slot + 1), QString::fromStdString(month)),
                        lines, tr("There are no guesses yet."));
}

// Always in the same order: what the model thinks moves the bars, not their places.
void LifeSheet::showVerdict(const LifeContent& content)
{
    std::vector<ShareLine> lines;
    const auto& said = content.verdict;
    const std::vector<std::pair<std::string, QString>> usual{
        {"as lived", tr("as lived")}, {"reversed", tr("reversed")}, {"shuffled", tr("shuffled")}};
    for (const auto& [label, words] : usual)
        if (const auto found = std::ranges::find(said, label, &verbs::Prediction::label); found != said.end())
            lines.push_back({words, found->probability});
    if (lines.empty())
        for (const verbs::Prediction& one : said) lines.push_back({QString::fromStdString(one.label), one.probability});
    m_verdict->setLines(tr("Order of the events"), lines, tr("This model does not judge the order of events."));
}

void LifeSheet::setWaves(const LifeState& state, std::optional<double> age, std::optional<double> date)
{
    constexpr int kWaves = 4, kAround = 10;
    m_ages->setVisible(!state.age.empty());
    m_dates->setVisible(!state.date.empty());
    m_ages->setWaves(tellingWaves(state.age, kWaves));
    m_dates->setWaves(tellingWaves(state.date, kWaves));
    const auto& events = m_line->picture().events;
    if (!events.empty() && !m_line->isDragging()) {
        const auto [first, last] = std::ranges::minmax(events, {}, &LifeEvent::month);
        const int firstYear = first.month / 12, lastYear = last.month / 12;
        m_dates->setRange(firstYear - kAround, lastYear + kAround);
    }
    m_ages->setMarker(age);
    m_dates->setMarker(date);
    m_alpha->setVisible(!state.alpha.empty());
    m_alpha->setText(alphaText(state.alpha));
}

QString LifeSheet::noLife()
{
    return tr("This model reads no lives.");
}

void LifeSheet::say(const LifeContent& content)
{
    const LifePlace& chosen = content.picture.chosen;
    m_honest->setText(tr("These lives are made up by a program; they are nobody's."));
    m_intro->setText(noLife());
    m_hide->setText(textOf(content.hiding));
    m_hide->setEnabled(chosen.event >= 0 && chosen.slot >= 0);
    m_hide->setToolTip(tr("Delete on the life line does the same: the model guesses what is hidden"));
    m_swap->setText(tr("Swap with the next event"));
    m_swap->setEnabled(content.canSwap);
    m_swap->setToolTip(tr("What happened changes places, the dates stay: see what the model says about the order "
                          "(Shift+Right on the life line)"));
}

} // namespace headlens
