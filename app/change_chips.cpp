// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/change_chips.h"

#include "widgets/style/icons.h"
#include "widgets/style/look.h"
#include "widgets/style/tokens.h"
#include "widgets/viewmodel/comparison.h"
#include "widgets/viewmodel/inspection_model.h"
#include "widgets/viewmodel/run_changes.h"

#include <QEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QToolButton>

namespace headlens {
namespace {

QToolButton* chip(QWidget* parent)
{
    auto* button = new QToolButton(parent);
    setLook(button, Look::Chip);
    button->setIcon(icon(Icon::Close));
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

} // namespace

ChangeChips::ChangeChips(InspectionModel* model, QWidget* parent)
    : QWidget(parent), m_model(model), m_changes(chip(this)), m_baseline(chip(this))
{
    m_changes->setObjectName(QStringLiteral("changes"));
    m_baseline->setObjectName(QStringLiteral("baseline"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kTight);
    layout->addWidget(m_changes);
    layout->addWidget(m_baseline);
    connect(m_changes, &QToolButton::clicked, model, [model] { model->change(makeAsTrained); });
    connect(m_baseline, &QToolButton::clicked, model->comparison(), &Comparison::release);
    connect(model, &InspectionModel::changing, this, &ChangeChips::tell);
    connect(model, &InspectionModel::inputChanged, this, &ChangeChips::tell);
    connect(model, &InspectionModel::modelChanged, this, &ChangeChips::tell);
    connect(model, &InspectionModel::switchesChanged, this, &ChangeChips::tell);
    connect(model->comparison(), &Comparison::changed, this, &ChangeChips::tell);
    tell();
}

void ChangeChips::tell()
{
    const QStringList changes = changesOf(m_model->request());
    const QString words = changes.join(QLatin1String(", "));
    m_changes->setVisible(m_model->hasInput() && !changes.isEmpty());
    m_changes->setText(changes.size() == 1 ? words.section(QLatin1Char(':'), 0, 0) : tr("Changed"));
    m_changes->setToolTip(tr("Not as trained: %1. Click: everything as trained again.").arg(words));
    m_changes->setAccessibleName(tr("Not as trained: %1").arg(words));
    const verbs::InputInfo& held = m_model->comparison()->baseline();
    const QString name = QFileInfo(QString::fromStdString(held.name)).fileName();
    m_baseline->setVisible(m_model->comparison()->holds());
    m_baseline->setText(tr("Baseline"));
    m_baseline->setToolTip(tr("Maps and answers are compared with the baseline%1: blue for less, red for more. Click: "
                              "the run itself again (Shift+H).")
                               .arg(name.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(name)));
    m_baseline->setAccessibleName(tr("Release the baseline"));
    updateGeometry();
}

void ChangeChips::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) tell();
}

} // namespace headlens
