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
    connect(m_changes, &QToolButton::clicked, model, [model] { model->wishes()->change(makeAsTrained); });
    connect(m_baseline, &QToolButton::clicked, model->comparison(),
            [comparison = model->comparison()] { comparison->holds() ? comparison->release() : comparison->hold(); });
    connect(model->wishes(), &RunWishes::changing, this, &ChangeChips::tell);
    connect(model, &InspectionModel::inputChanged, this, &ChangeChips::tell);
    connect(model, &InspectionModel::modelChanged, this, &ChangeChips::tell);
    connect(model->wishes(), &RunWishes::switchesChanged, this, &ChangeChips::tell);
    connect(model->comparison(), &Comparison::changed, this, &ChangeChips::tell);
    tell();
}

void ChangeChips::offerBaseline(bool offers)
{
    m_offers = offers;
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
    tellBaseline();
    updateGeometry();
}

void ChangeChips::tellBaseline()
{
    const bool holds = m_model->comparison()->holds();
    const QString name = QFileInfo(QString::fromStdString(m_model->comparison()->baseline().name)).fileName();
    m_baseline->setVisible(holds || (m_offers && m_model->hasInput()));
    m_baseline->setIcon(icon(holds ? Icon::Close : Icon::Compare));
    m_baseline->setText(holds ? tr("Baseline") : tr("Set baseline"));
    m_baseline->setToolTip(
        holds ? tr("Maps and answers are compared with the baseline%1: blue for less, red for more. Click: the run "
                   "itself again (Shift+H).")
                    .arg(name.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(name))
              : tr("Keeps this run to compare with (H). Then change the picture, a word, a head or the model: maps and "
                   "answers show the difference."));
    m_baseline->setAccessibleName(holds ? tr("Release the baseline") : tr("Set baseline"));
}

void ChangeChips::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) tell();
}

} // namespace headlens
