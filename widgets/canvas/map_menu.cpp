// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/map_menu.h"

#include "widgets/canvas/method_settings.h"
#include "widgets/viewmodel/method_map.h"
#include "widgets/viewmodel/method_text.h"

#include <QActionGroup>
#include <QFrame>
#include <QVBoxLayout>

namespace headlens {

MapMenu::MapMenu(InspectionModel* model, Selection* selection, QWidget* parent)
    : ToolMenu(QT_TR_NOOP("Map"), parent), m_model(model), m_selection(selection)
{
    connect(m_model, &InspectionModel::modelChanged, this, &MapMenu::fill);
    connect(m_selection, &Selection::mapChanged, this, &MapMenu::refresh);
    MapMenu::retranslate();
}

void MapMenu::fill()
{
    clear();
    delete findChild<QActionGroup*>();
    auto* group = new QActionGroup(this);
    addLine(tr("raw attention"), kRowMap, tr("The row of the token, in the chosen layer and head"), true);
    addSeparator();
    for (const verbs::MethodInfo& method : m_model->model().methods) {
        const bool allowed = method.refusal.empty();
        addLine(methodText(method.title), QString::fromStdString(method.id),
                methodText(allowed ? method.says : method.refusal), allowed);
    }
    for (QAction* line : actions())
        if (!line->isSeparator()) group->addAction(line);
    refresh();
}

void MapMenu::addLine(const QString& text, const QString& id, const QString& tip, bool allowed)
{
    QAction* line = addAction(text);
    line->setData(id);
    line->setCheckable(true);
    line->setEnabled(allowed);
    line->setToolTip(tip);
    connect(line, &QAction::triggered, this, [this, id] {
        m_selection->setMap(id);
        Q_EMIT chosen();
    });
}

void MapMenu::follow()
{
    for (QAction* line : actions())
        if (line->data().isValid()) line->setChecked(line->data() == m_selection->map());
}

QString MapMenu::text() const
{
    const verbs::MethodInfo* method = m_model->map()->method();
    return method == nullptr ? tr("raw attention") : methodText(method->title);
}

bool MapMenu::hasSettings() const
{
    return MethodSettings::has(*m_model, *m_selection);
}

QWidget* MapMenu::openSettings(QWidget* at)
{
    if (!hasSettings()) return nullptr;
    auto* pad = new QFrame(at, Qt::Popup);
    pad->setFrameShape(QFrame::StyledPanel);
    pad->setAttribute(Qt::WA_DeleteOnClose);
    pad->setAccessibleName(tr("Settings of %1").arg(text()));
    auto* layout = new QVBoxLayout(pad);
    layout->setContentsMargins(16, 8, 16, 8);
    layout->addWidget(new MethodSettings(m_model, m_selection));
    pad->adjustSize();
    pad->move(at->mapToGlobal(QPoint(at->width() - pad->width(), at->height() + 4)));
    pad->show();
    return pad;
}

void MapMenu::retranslate()
{
    ToolMenu::retranslate();
    fill();
}

} // namespace headlens
