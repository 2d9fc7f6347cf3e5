// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/life2vec/life_view.h"

#include "widgets/life2vec/life_line.h"
#include "widgets/life2vec/life_sheet.h"
#include "widgets/viewmodel/asking.h"
#include "widgets/viewmodel/heat_image.h"
#include "widgets/viewmodel/live_rows.h"

#include <QBoxLayout>
#include <QEvent>

#include <algorithm>
#include <cmath>
#include <utility>

namespace headlens {

LifeView::LifeView(InspectionModel* model, Selection* selection, DisplaySettings* display, QWidget* parent)
    : QWidget(parent), m_model(model), m_heads(selection->heads()), m_tokens(selection->tokens()), m_display(display),
      m_sheet(new LifeSheet)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_sheet);
    listen();
    refresh();
}

LifeLine* LifeView::line() const
{
    return m_sheet->line();
}

ChanceBars* LifeView::guesses() const
{
    return m_sheet->guesses();
}

ChanceBars* LifeView::verdict() const
{
    return m_sheet->verdict();
}

WavePlot* LifeView::ages() const
{
    return m_sheet->ages();
}

WavePlot* LifeView::dates() const
{
    return m_sheet->dates();
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
    connect(line(), &LifeLine::chosen, this, &LifeView::choose);
    connect(line(), &LifeLine::moved, this, &LifeView::move);
    connect(line(), &LifeLine::hideAsked, this, &LifeView::toggleHidden);
    connect(line(), &LifeLine::swapAsked, this, &LifeView::swap);
    connect(m_sheet, &LifeSheet::hidePressed, this, [this] { toggleHidden(m_chosen); });
    connect(m_sheet, &LifeSheet::swapPressed, this, [this] { swap(m_chosen.event); });
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
    m_model->wishes()->change([&](RunRequest& r) { r.text = wish; });
}

const verbs::TopTokens* LifeView::guessesOf(const LifePlace& place) const
{
    const auto& all = m_model->input().outputs.get<verbs::VocabularyScores>().places;
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

void LifeView::refresh()
{
    m_sheet->setContent(content());
    showWaves();
    setAccessibleName(tr("Life line"));
    setAccessibleDescription(readsLives() ? line()->accessibleDescription() : intro());
}

LifeContent LifeView::content() const
{
    LifeContent content;
    content.isLife = readsLives();
    content.display = displayFor(*m_model, *m_display);
    content.verdict = m_model->input().outputs.get<verbs::Classes>().best;
    content.picture.mask = mask();
    if (!content.isLife) return content;
    content.picture = picture();
    content.gap = shownGap();
    if (const auto* all = guessesOf(content.gap); all != nullptr) content.guesses = all->best;
    if (m_life.isHidden(m_chosen)) {
        const LifeEvent& event = m_life.events()[std::size_t(m_chosen.event)];
        const bool known = !event.behind[std::size_t(m_chosen.slot)].empty();
        content.hiding = known ? LifeContent::Hiding::ShowWord : LifeContent::Hiding::WriteGuess;
    }
    content.canSwap = m_life.swapsWithNext(m_chosen.event);
    return content;
}

LifePicture LifeView::picture() const
{
    LifePicture picture;
    picture.mask = mask();
    picture.events = m_life.events();
    picture.chosen = m_chosen;
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
    return picture;
}

// The chosen one, or one near it.
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

void LifeView::showWaves()
{
    const auto& events = m_life.events();
    std::optional<double> age, date;
    if (m_chosen.event >= 0 && m_chosen.event < int(events.size())) {
        const int month = events[std::size_t(m_chosen.event)].month;
        date = yearOf(month);
        age = yearOf(month - events.front().month);
        // What the engine counted goes before, where it is of this month.
        constexpr double kHalfMonth = 1.0 / 24;
        const auto said = m_state.dateOf(tokenOf(m_chosen));
        if (said && std::abs(*said - *date) < kHalfMonth) age = m_state.ageOf(tokenOf(m_chosen)).value_or(*age);
    }
    m_sheet->setWaves(m_state, age, date);
}

QString LifeView::intro() const
{
    return readsLives() ? QString() : LifeSheet::noLife();
}

} // namespace headlens
