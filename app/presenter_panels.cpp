// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/presenter_panels.h"

#include "app/presenter.h"
#include "app/view_docks.h"
#include "widgets/common/message_bar.h"
#include "widgets/lessons/lesson_player.h"
#include "widgets/viewmodel/inspection_model.h"

#include <QDockWidget>

namespace headlens {
namespace {

const QString kLines = QStringLiteral("lines");

} // namespace

PresenterPanels::PresenterPanels(const Parts& parts, QObject* parent) : QObject(parent), m_parts(parts)
{
    connect(m_parts.lessons, &LessonPlayer::stateWanted, this, &PresenterPanels::choose);
    connect(m_parts.lessons, &LessonPlayer::closed, this, &PresenterPanels::choose);
    connect(m_parts.model, &InspectionModel::modelChanged, this, &PresenterPanels::choose);
    connect(m_parts.presenter, &Presenter::entered, this, &PresenterPanels::choose);
    connect(m_parts.presenter, &Presenter::entered, this,
            [this] { m_parts.messages->say(MessageBar::Kind::Info, keys()); });
    connect(m_parts.presenter, &Presenter::left, this, [this] { // the keys mean something else again
        m_parts.messages->withdraw(keys());
    });
}

QString PresenterPanels::keys()
{
    return tr("Space or Right goes on, Left goes back, digits choose heads (or answers), [ and ] layers, Ctrl and + "
              "or - the size of the type. Escape leaves.");
}

void PresenterPanels::choose()
{
    if (!m_parts.presenter->isOn()) return;
    QList<QDockWidget*> panels{m_parts.docks->dock(wanted())};
    // Below a sentence or two nothing would stand.
    if (showsTextAlone() && wanted() != kLines) panels << m_parts.docks->dock(kLines);
    m_parts.presenter->showPanels(panels);
}

bool PresenterPanels::showsTextAlone() const
{
    return m_parts.model->hasModel() && !m_parts.model->model().takesPictures;
}

// The audience sees what the step speaks of: its panel, or the grid of heads where one has to be chosen.
QString PresenterPanels::wanted() const
{
    const QString heads = QStringLiteral("heads");
    QString panel;
    if (m_parts.lessons->isOpen()) {
        const std::string& named = m_parts.lessons->progress().shown().panel;
        const LessonStep& step = m_parts.lessons->progress().now();
        panel = step.gate == Gate::Do && named.empty() ? heads : QString::fromStdString(named);
    }
    // A text alone would leave two thirds of the screen empty.
    return panel.isEmpty() && showsTextAlone() ? heads : panel;
}

} // namespace headlens
