// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/status_line.h"

#include "widgets/common/elided_label.h"
#include "widgets/viewmodel/live_rows.h"
#include "widgets/viewmodel/method_map.h"
#include "widgets/viewmodel/shown_heads.h"

#include <QEvent>
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>

#include <algorithm>

namespace headlens {

StatusLine::StatusLine(InspectionModel* model, Selection* selection, QWidget* parent)
    : QStatusBar(parent), m_model(model), m_selection(selection), m_heads(selection->heads()),
      m_tokens(selection->tokens()), m_value(new ElidedLabel), m_what(new ElidedLabel), m_hints(new ElidedLabel),
      m_bar(new QProgressBar), m_cancel(new QToolButton)
{
    m_bar->setMaximumWidth(160);
    m_bar->setTextVisible(false);
    m_value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    addWidget(m_value, 1);
    for (QWidget* widget :
         {static_cast<QWidget*>(m_what), static_cast<QWidget*>(m_bar), static_cast<QWidget*>(m_cancel)})
        addWidget(widget);
    addPermanentWidget(m_hints);
    m_patience.setSingleShot(true);
    m_patience.setInterval(500);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        for (QWidget* widget :
             {static_cast<QWidget*>(m_what), static_cast<QWidget*>(m_bar), static_cast<QWidget*>(m_cancel)})
            widget->show();
    });
    connect(m_cancel, &QToolButton::clicked, model->wishes(), &RunWishes::cancel);
    connect(model->link(), &EngineLink::busyChanged, this, &StatusLine::onBusy);
    connect(model->link(), &EngineLink::progress, this, [this](int done, int total) {
        m_bar->setRange(0, total);
        m_bar->setValue(done);
    });
    connect(model->rows(), &LiveRows::changed, this, &StatusLine::showValue);
    connect(model->map(), &MethodMap::changed, this, &StatusLine::showValue);
    connect(model, &InspectionModel::modelChanged, this, &StatusLine::showHints);
    connect(m_tokens, &TokenChoice::otherChanged, this, &StatusLine::showValue);
    connect(selection, &Selection::mapChanged, this, &StatusLine::showValue);
    onBusy(false, {});
    showHints();
}

void StatusLine::onBusy(bool busy, const QString& what)
{
    m_what->setText(what);
    m_cancel->setText(tr("Cancel"));
    m_bar->setAccessibleName(what);
    m_bar->setRange(0, 0);
    if (busy) return m_patience.start();
    m_patience.stop();
    for (QWidget* widget :
         {static_cast<QWidget*>(m_what), static_cast<QWidget*>(m_bar), static_cast<QWidget*>(m_cancel)})
        widget->hide();
}

void StatusLine::setQuiet(bool quiet)
{
    m_value->setVisible(!quiet);
    m_hints->setVisible(!quiet);
}

// Masked autoencoders: whether the encoder never saw this patch.
bool StatusLine::isHiddenPatch(const TokenLayout& layout, int token) const
{
    if (!layout.block.hidesPatches || !layout.isPatch(token)) return false;
    const auto& hidden = m_model->input().hiddenPatches;
    return std::ranges::find(hidden, token - int(layout.prefix.size())) != hidden.end();
}

// Whether the query cannot look at it: its weight is 0 because of the window, not because of the numbers.
bool StatusLine::isOutsideWindow(const TokenLayout& layout, int token) const
{
    if (!isWindowed(layout.block) || !layout.isPatch(token)) return false;
    const std::vector<bool> seen = m_model->rows()->reachable(m_heads->layer());
    const auto patch = std::size_t(token - int(layout.prefix.size()));
    return patch < seen.size() && !seen[patch];
}

void StatusLine::showValue()
{
    const std::vector<float> row = m_model->rows()->current();
    if (row.empty()) return m_value->clear();
    const TokenLayout& layout = m_model->rows()->namesOf(m_heads->layer());
    // Of the rows that are shown, not of a selection that may be ahead of them.
    const int token = layout.parentToken(m_model->rows()->of().token),
              other = layout.parentToken(m_tokens->other().token);
    const bool reverse = m_model->rows()->of().reverse;
    // The token may belong to another sequence than those its row counts.
    const bool apart = layout.block.queryStream != layout.block.keyStream;
    const QString asked =
        apart ? TokenLayout::ofStream(m_model->model(), m_model->input(), m_model->rows()->of().stream).name(token)
              : layout.name(token);
    QString text = tr("Layer %1 · %2 · %3 %4")
                       .arg(m_heads->layer())
                       .arg(shownHeads(*m_heads), reverse ? tr("key") : tr("query"), asked);
    if (!m_selection->showsRow()) return showTokenMap();
    if (isHiddenPatch(layout, token))
        return m_value->setText(
            tr("Layer %1 · %2 is hidden: the encoder never saw it").arg(m_heads->layer()).arg(layout.name(token)));
    // Without a pin the mouse stands on the query itself: its weight on itself is the value under the mouse.
    const int shown = other >= 0 ? other : token;
    if (!apart && isOutsideWindow(layout, shown))
        text += tr(" · %1 is outside this window: cannot be looked at").arg(layout.name(shown));
    else if ((!apart || other >= 0) && std::size_t(shown) < row.size())
        text += (m_model->rows()->of().difference ? tr(" · %1 %2 · difference %3") : tr(" · %1 %2 · weight %3"))
                    .arg(reverse ? tr("query") : tr("key"), layout.name(shown))
                    .arg(double(row[std::size_t(shown)]), 0, 'g', 4);
    m_value->setText(text);
}

// The number of the token under the mouse in a map of the whole block.
void StatusLine::showTokenMap()
{
    const verbs::TokenMap& map = m_model->map()->shown();
    const TokenLayout& layout = m_model->map()->layout();
    const int token =
        layout.parentToken(m_tokens->other().token >= 0 ? m_tokens->other().token : m_tokens->query().token);
    const auto patch = std::size_t(std::max(0, token - int(layout.prefix.size())));
    if (!layout.isPatch(token) || patch >= map.map.values.size()) return m_value->clear();
    const verbs::MethodInfo* method = m_model->map()->method();
    const QString value = tr("%1 · value %2").arg(layout.name(token)).arg(double(map.map.values[patch]), 0, 'g', 4);
    const bool ofRun = method != nullptr && method->over == "run";
    m_value->setText(ofRun ? value : tr("Layer %1 · %2").arg(map.of.layer).arg(value));
}

// What keys and mouse do here; of reduced precision how far its numbers are off.
void StatusLine::showHints()
{
    const verbs::ModelInfo& model = m_model->model();
    if (!m_model->hasModel() || !model.isRounded())
        return m_hints->setText(
            tr("Space plays the layers · R swaps the direction · click pins · Ctrl-click adds a head"));
    m_hints->setText(tr("%1: weights differ by %2 at most, %3 on average")
                         .arg(QString::fromStdString(model.precision))
                         .arg(model.largestDifference, 0, 'g', 2)
                         .arg(model.meanDifference, 0, 'g', 2));
}

void StatusLine::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) {
        showValue();
        showHints();
        m_cancel->setText(tr("Cancel"));
    }
    QStatusBar::changeEvent(event);
}

} // namespace headlens
