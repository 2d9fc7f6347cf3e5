// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/viewmodel/history.h"

#include "widgets/viewmodel/inspection_model.h"
#include "widgets/viewmodel/method_map.h"
#include "widgets/viewmodel/method_text.h"
#include "widgets/viewmodel/work_change.h"

#include <QElapsedTimer>
#include <QEvent>
#include <QGuiApplication>
#include <QUndoCommand>
#include <QUndoStack>

#include <utility>

namespace headlens {
namespace {

constexpr int kMostSteps = 200;
constexpr qint64 kInARow = 600; // ms: changes of one kind that follow each other faster are one step
constexpr int kJump = 0;        // the kind of a whole state; others count from 1

std::function<qint64()> steadyClock()
{
    QElapsedTimer clock;
    clock.start();
    return [clock] { return clock.elapsed(); };
}

} // namespace

class History::Step : public QUndoCommand {
public:
    struct When {
        qint64 at = 0;    // ms
        quint64 drag = 0; // the press of the mouse under which it happened; 0: none
    };
    Step(History* history, int kind, const QString& words, WorkState before, WorkState after, When when)
        : QUndoCommand(words), m_history(history), m_kind(kind), m_before(std::move(before)), m_after(std::move(after)),
          m_when(when)
    {
    }
    int id() const override { return m_kind; }
    void undo() override { m_history->goTo(m_before); }
    void redo() override
    {
        if (std::exchange(m_isDone, true)) m_history->goTo(m_after); // the first time it has happened already
    }
    bool mergeWith(const QUndoCommand* other) override
    {
        const auto* next = static_cast<const Step*>(other); // of the same id
        const bool sameDrag = m_when.drag != 0 && m_when.drag == next->m_when.drag;
        if (m_kind == kJump || (!sameDrag && next->m_when.at - m_when.at > kInARow)) return false;
        m_after = next->m_after;
        m_when = next->m_when;
        const auto left =
            changeBetween(m_before, m_after, [this](const QString& map) { return m_history->titleOf(map); });
        setText(left ? left->words : next->text());
        setObsolete(!left); // back where it began
        return true;
    }

private:
    History* m_history;
    int m_kind;
    WorkState m_before, m_after;
    When m_when;
    bool m_isDone = false;
};

History::History(Workbench* bench, QObject* parent)
    : QObject(parent), m_bench(bench), m_stack(new QUndoStack(this)), m_clock(steadyClock())
{
    m_stack->setUndoLimit(kMostSteps);
    qGuiApp->installEventFilter(this);
    watch();
}

void History::watch()
{
    const Workbench::Parts& on = m_bench->parts();
    const Selection* selection = on.selection;
    connect(selection, &Selection::mapChanged, this, &History::lookSoon);
    connect(selection->heads(), &HeadChoice::changed, this, &History::lookSoon);
    connect(selection->tokens(), &TokenChoice::changed, this, &History::lookSoon);
    connect(selection->tokens(), &TokenChoice::otherChanged, this, &History::lookSoon);
    connect(on.display, &DisplaySettings::changed, this, &History::lookSoon);
    connect(on.model, &InspectionModel::modelChanged, this, &History::lookSoon);
    connect(on.model, &InspectionModel::inputChanged, this, &History::lookSoon);
    connect(on.model->map(), &MethodMap::settingsChanged, this, &History::lookSoon);
    connect(on.model->map(), &MethodMap::scoreChanged, this, &History::lookSoon);
    connect(on.model->map(), &MethodMap::changed, this, &History::lookSoon);
    connect(on.model->link(), &EngineLink::settled, this, &History::lookSoon);
    connect(m_bench, &Workbench::done, this, &History::onDone);
}

bool History::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::MouseButtonPress) ++m_presses;
    return QObject::eventFilter(watched, event);
}

// Several signals of one change are one look.
void History::lookSoon()
{
    if (std::exchange(m_isSoon, true)) return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_isSoon = false;
            look();
        },
        Qt::QueuedConnection);
}

void History::look()
{
    if (!m_bench->isReady()) return; // its signals come when it is
    WorkState now = m_bench->state();
    const bool knew = std::exchange(m_knows, true);
    const auto change = knew ? changeBetween(m_now, now, [this](const QString& map) { return titleOf(map); })
                             : std::optional<WorkChange>();
    if (change) return push(change->kind, change->words, now);
    m_now = std::move(now);
}

void History::push(int kind, const QString& words, const WorkState& now)
{
    const bool drags = QGuiApplication::mouseButtons() != Qt::NoButton;
    m_stack->push(new Step(this, kind, words, std::exchange(m_now, now), now, {m_clock(), drags ? m_presses : 0}));
    Q_EMIT recorded();
}

void History::jumpTo(const WorkState& state, const QString& words)
{
    m_jump = words;
    m_bench->put(state, /*whole=*/true);
}

void History::goTo(const WorkState& state)
{
    m_jump.clear();
    m_bench->put(state, /*whole=*/false);
}

void History::onDone()
{
    const QString words = std::exchange(m_jump, {});
    const WorkState now = m_bench->state();
    if (words.isEmpty() || !m_knows || m_now == now)
        m_now = now;
    else
        push(kJump, words, now);
    m_knows = true;
    lookSoon(); // what followed from it
}

QString History::titleOf(const QString& map) const
{
    if (map == kRowMap) return tr("Attention of the token");
    const verbs::MethodInfo* method = m_bench->model()->map()->method(map);
    return method == nullptr ? map : methodText(method->title);
}

} // namespace headlens
