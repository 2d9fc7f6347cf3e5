// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/life2vec/life_view.h"

#include "widgets/life2vec/chance_bars.h"
#include "widgets/life2vec/life_line.h"
#include "widgets/life2vec/wave_plot.h"
#include "widgets/viewmodel/asking.h"
#include "widgets/viewmodel/live_rows.h"

#include <QBoxLayout>
#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>

#include <algorithm>
#include <utility>

namespace headlens {
namespace {

constexpr int kVerdicts = 3;
constexpr int kTwoColumns = 760, kThreeColumns = 1000; // pixels

} // namespace

LifeView::LifeView(InspectionModel* model, Selection* selection, DisplaySettings* display, QWidget* parent)
    : QWidget(parent), m_model(model), m_heads(selection->heads()), m_tokens(selection->tokens()), m_display(display),
      m_intro(new QLabel), m_honest(new QLabel), m_alpha(new QLabel), m_scroll(new QScrollArea), m_parts(new QWidget),
      m_line(new LifeLine), m_hide(new QPushButton), m_swap(new QPushButton), m_guesses(new ChanceBars),
      m_verdict(new ChanceBars), m_ages(new WavePlot(WavePlot::Kind::Age)), m_dates(new WavePlot(WavePlot::Kind::Date))
{
    build();
    listen();
    refresh();
}

void LifeView::build()
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
    m_below = new QBoxLayout(QBoxLayout::TopToBottom);
    layout->addLayout(m_below);
    layout->addStretch(1);
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
    m_guesses->setRoom(kGuesses);
    m_verdict->setRoom(kVerdicts);
    m_ages->setRange(0, 100);
}

void LifeView::listen()
{
    connect(m_model, &InspectionModel::modelChanged, this, [this] {
        // An engine that was started anew reads the same text again.
        m_leads = !m_life.events().empty() && m_model->request().text.text.toStdString() == m_life.text();
        if (!m_leads) {
            m_life = {};
            m_chosen = {};
        }
        m_read.clear();
        m_attention.clear();
        m_state = {};
        refresh();
    });
    connect(m_model, &InspectionModel::inputChanged, this, &LifeView::takeInput);
    connect(m_model->rows(), &LiveRows::changed, this, &LifeView::takeRow);
    connect(m_model->link(), &EngineLink::settled, this, [this] {
        if (std::exchange(m_leads, false)) takeToken(); // the text was refused, or reads otherwise
        m_stale = m_stale || m_missing > 0;             // asked while a run was under way
        ask();
    });
    connect(m_heads, &HeadChoice::changed, this, &LifeView::takeRow);
    connect(m_tokens, &TokenChoice::changed, this, &LifeView::takeToken);
    connect(m_display, &DisplaySettings::changed, this, &LifeView::refresh);
    connect(m_line, &LifeLine::chosen, this, &LifeView::choose);
    connect(m_line, &LifeLine::moved, this, &LifeView::move);
    connect(m_line, &LifeLine::hideAsked, this, &LifeView::toggleHidden);
    connect(m_line, &LifeLine::swapAsked, this, &LifeView::swap);
    connect(m_hide, &QPushButton::clicked, this, [this] { toggleHidden(m_chosen); });
    connect(m_swap, &QPushButton::clicked, this, [this] { swap(m_chosen.event); });
}

bool LifeView::readsLives() const
{
    return !m_read.empty();
}

std::string LifeView::mask() const
{
    const std::string& own = m_model->model().text.maskPiece;
    return own.empty() ? "[MASK]" : own;
}

void LifeView::takeInput()
{
    if (m_leads && m_model->input().streams.empty()) return; // nothing was read yet
    std::vector<std::string> words;
    bool dated = false;
    if (!m_model->input().streams.empty())
        for (const verbs::TextToken& token : m_model->input().streams.front().tokens) {
            words.push_back(token.piece);
            dated = dated || token.kind == "date";
        }
    m_read = dated ? eventsOf(words) : std::vector<LifeEvent>();
    if (m_attention.size() != m_read.size()) m_attention.clear();
    std::string text = m_model->request().text.text.toStdString();
    if (eventsOf(wordsOf(text)).empty()) { // the model's own example
        text.clear();
        for (const std::string& word : words) text += word + " ";
    }
    m_life.setText(readsLives() ? text : std::string(), mask());
    if (m_chosen.event >= int(m_life.events().size())) m_chosen = {};
    m_stale = readsLives();
    ask();
    if (m_leads && tokenOf(m_chosen) >= 0) m_tokens->setToken(tokenOf(m_chosen));
    m_leads = m_leads && !std::ranges::equal(m_life.events(), m_read, &LifeEvent::saysTheSame);
    takeToken();
}

int LifeView::tokenOf(const LifePlace& place) const
{
    if (place.event < 0 || place.event >= int(m_life.events().size())) return -1;
    const int read = matchEvents(m_life.events(), m_read)[std::size_t(place.event)];
    if (read < 0) return -1;
    const LifeEvent& event = m_read[std::size_t(read)];
    if (place.slot < 0 && !event.dated) return event.first;
    return event.place(std::min(place.slot, int(event.words.size()) - 1));
}

// While an edited text is on its way the tokens still count in the one before.
void LifeView::takeToken()
{
    if (!m_leads) {
        const LifePlace read = placeOf(m_read, m_tokens->query().token);
        const std::vector<int> match = matchEvents(m_life.events(), m_read);
        const auto at = std::ranges::find(match, read.event);
        m_chosen = read.event < 0 || at == match.end() ? LifePlace() : LifePlace{int(at - match.begin()), read.slot};
    }
    takeRow();
}

// The mean over the words of each event; of the row before until that of a new text is there.
void LifeView::takeRow()
{
    const std::vector<float> row = m_model->rows()->current();
    const auto layer = std::size_t(m_heads->layer());
    const auto& blocks = m_model->input().blocks;
    const bool ours = layer < blocks.size() && blocks[layer].keyStream == 0;
    if (!ours) m_attention.clear();
    if (ours && !row.empty() && !m_read.empty()) {
        m_attention.clear();
        for (const LifeEvent& event : m_read) {
            float sum = 0;
            const int begin = event.first, end = std::min(begin + event.length(), int(row.size()));
            for (int token = begin; token < end; ++token) sum += row[std::size_t(token)];
            m_attention.push_back(end > begin ? sum / float(end - begin) : 0);
        }
    }
    refresh();
}

void LifeView::ask()
{
    if (!m_stale || !isVisible() || !readsLives()) return; // showEvent() catches up
    m_stale = false;
    m_missing = 0;
    for (const QString& name : LifeState::names()) {
        if (!m_model->run().hasState(name)) continue;
        ++m_missing;
        const auto take = [this](const verbs::StateTensor& state) {
            m_state.take(state);
            if (--m_missing > 0) return;
            showWaves();
            Q_EMIT stateTaken();
        };
        askState(m_model, name, this, take);
    }
}

void LifeView::choose(const LifePlace& place)
{
    m_chosen = place;
    if (const int token = tokenOf(place); token >= 0 && !m_leads) m_tokens->setToken(token);
    refresh();
}

void LifeView::move(int event, int month)
{
    const std::string before = m_life.text();
    const int now = m_life.move(event, month);
    if (m_chosen.event == event) m_chosen.event = now;
    if (m_life.text() != before) send();
}

void LifeView::toggleHidden(const LifePlace& place)
{
    if (place.event < 0) return;
    bool done = false;
    if (m_life.isHidden(place)) {
        const verbs::TopTokens* guesses = guessesOf(place);
        done = m_life.show(place, guesses != nullptr && !guesses->best.empty() ? guesses->best.front().text : "");
    } else {
        done = m_life.hide(place);
    }
    if (done) send();
}

// The chosen event is followed, so that it can be pushed on.
void LifeView::swap(int event)
{
    if (!m_life.swapWithNext(event)) return;
    if (m_chosen.event == event || m_chosen.event == event + 1) m_chosen.event = 2 * event + 1 - m_chosen.event;
    send();
}

void LifeView::send()
{
    TextRequest wish = m_model->request().text;
    wish.text = QString::fromStdString(m_life.text());
    wish.hiddenTokens.clear(); // tokens of the text before
    m_leads = true;
    refresh(); // first: a fake or fast engine may answer at once
    m_model->change([&](RunRequest& r) { r.text = wish; });
}

const verbs::TopTokens* LifeView::guessesOf(const LifePlace& place) const
{
    const auto& all = m_model->input().guesses;
    const auto found = std::ranges::find(all, tokenOf(place), &verbs::TopTokens::token);
    return found == all.end() || found->token < 0 || found->best.empty() ? nullptr : &*found;
}

void LifeView::showEvent(QShowEvent*)
{
    ask();
}

void LifeView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) refresh();
    QWidget::changeEvent(event);
}

void LifeView::resizeEvent(QResizeEvent*)
{
    const auto beside = [this](int from) {
        return width() >= from ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom;
    };
    m_below->setDirection(beside(kTwoColumns));
    m_waves->setDirection(beside(kThreeColumns));
}

} // namespace headlens
