// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/method_settings.h"

#include "widgets/mechanisms/switch_editor.h"
#include "widgets/viewmodel/method_map.h"

#include <QVBoxLayout>

namespace headlens {

MethodSettings::MethodSettings(InspectionModel* model, Selection* selection, QWidget* parent)
    : QWidget(parent), m_model(model), m_selection(selection)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    connect(m_selection, &Selection::mapChanged, this, &MethodSettings::follow);
    connect(m_model, &InspectionModel::modelChanged, this, &MethodSettings::follow);
    follow();
}

bool MethodSettings::has(const InspectionModel& model, const Selection& selection)
{
    const verbs::MethodInfo* method = model.map()->method(selection.map());
    return method != nullptr && method->refusal.empty() && !method->settings.empty();
}

void MethodSettings::follow()
{
    const bool some = has(*m_model, *m_selection);
    if (!some)
        hide();
    else if (parentWidget() != nullptr)
        show();
    const QString id = some ? m_selection->map() : QString();
    if (id == m_method) return;
    m_method = id;
    qDeleteAll(findChildren<SwitchEditor*>(Qt::FindDirectChildrenOnly));
    if (!some) return;
    for (const verbs::Switch& setting : m_model->map()->method(id)->settings) addEditor(setting);
}

void MethodSettings::addEditor(const verbs::Switch& setting)
{
    const QString id = m_method, name = QString::fromStdString(setting.name);
    const SwitchEditor::Access access{[this, id, name] { return m_model->map()->setting(id, name); },
                                      [this, id, name](const QString& value) { m_model->map()->set(id, name, value); },
                                      /*ofModel=*/false};
    auto* editor = new SwitchEditor(access, setting);
    connect(m_model->map(), &MethodMap::settingsChanged, editor, &SwitchEditor::refresh);
    layout()->addWidget(editor);
}

} // namespace headlens
