// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/mechanisms/switches_panel.h"

#include "widgets/mechanisms/adapter_editor.h"
#include "widgets/mechanisms/switch_editor.h"
#include "widgets/viewmodel/run_changes.h"

#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace headlens {

SwitchesPanel::SwitchesPanel(InspectionModel* model, QWidget* parent)
    : QWidget(parent), m_model(model), m_adapter(new AdapterEditor(model, this)), m_intro(new QLabel),
      m_list(new QVBoxLayout), m_reset(new QPushButton)
{
    auto* layout = new QVBoxLayout(this);
    m_intro->setWordWrap(true);
    layout->addWidget(m_adapter);
    layout->addWidget(m_intro);
    layout->addLayout(m_list);
    layout->addWidget(m_reset);
    layout->addStretch(1);
    connect(m_reset, &QPushButton::clicked, m_model, [this] { m_model->wishes()->change(makeAsTrained); });
    connect(m_model, &InspectionModel::modelChanged, this, &SwitchesPanel::build);
    connect(m_model->wishes(), &RunWishes::switchesChanged, this, &SwitchesPanel::say);
    connect(m_model->wishes(), &RunWishes::changing, this, &SwitchesPanel::say);
    connect(m_model, &InspectionModel::inputChanged, this, &SwitchesPanel::say);
    build();
}

void SwitchesPanel::build()
{
    for (SwitchEditor* editor : m_editors) delete editor;
    m_editors.clear();
    for (const verbs::Switch& one : m_model->model().switches) {
        m_editors.push_back(SwitchEditor::of(m_model, one));
        m_list->addWidget(m_editors.back());
    }
    say();
}

QString SwitchesPanel::intro() const
{
    if (const QStringList changes = changesOf(m_model->request()); !changes.isEmpty())
        return tr("Not as trained: %1. Every number shown is of the changed model.")
            .arg(changes.join(QLatin1String(", ")));
    if (m_editors.empty() && !m_model->model().adapter.folder.empty())
        return tr("Beside its adapter this model has no switches. A head is turned off in the head grid: point at it "
                  "and press X.");
    if (m_editors.empty())
        return tr("This model has no switches. A head is turned off in the head grid: point at it and press X.");
    return tr("Turn a part of the model off or up and see what the answer loses. All of it is as trained now.");
}

void SwitchesPanel::say()
{
    m_intro->setText(intro());
    m_reset->setText(tr("Everything as trained"));
    const bool isChanged = !isAsTrained(m_model->request());
    m_reset->setVisible(isChanged || !m_editors.empty());
    m_reset->setEnabled(isChanged);
    setAccessibleName(tr("Mechanisms of the model"));
    setAccessibleDescription(m_intro->text());
}

void SwitchesPanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) say();
    QWidget::changeEvent(event);
}

} // namespace headlens
