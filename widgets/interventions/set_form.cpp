// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/interventions/set_form.h"

#include "core/wire/changes.h"
#include "widgets/common/elided_label.h"
#include "widgets/common/field_button.h"
#include "widgets/style/tokens.h"
#include "widgets/viewmodel/inspection_model.h"
#include "widgets/viewmodel/interventions.h"
#include "widgets/viewmodel/set_average.h"

#include <QEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>

namespace headlens {

SetForm::SetForm(InspectionModel* model, QWidget* parent)
    : QWidget(parent), m_model(model),
      m_average(new SetAverage(model, this)), m_sets{Set{new FieldButton, {}}, Set{new FieldButton, {}}},
      m_title(new QLabel), m_apply(new QPushButton), m_stop(new QPushButton), m_note(new ElidedLabel)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kTight);
    layout->addWidget(m_title);
    m_title->setTextFormat(Qt::PlainText);
    m_note->setTextFormat(Qt::PlainText);
    for (int i = 0; i < int(m_sets.size()); ++i) {
        FieldButton* field = m_sets[std::size_t(i)].field;
        field->setPopupMode(QToolButton::InstantPopup);
        field->setFocusPolicy(Qt::StrongFocus);
        field->setMenu(new QMenu(field));
        connect(field->menu(), &QMenu::aboutToShow, this, [this, i] { fill(i); });
        layout->addWidget(field);
    }
    auto* line = new QHBoxLayout;
    line->addWidget(m_apply);
    line->addWidget(m_stop);
    line->addWidget(m_note, 1);
    layout->addLayout(line);
    connect(m_apply, &QPushButton::clicked, this, &SetForm::begin);
    connect(m_stop, &QPushButton::clicked, m_average, &SetAverage::stop);
    connect(m_average, &SetAverage::changed, this, &SetForm::say);
    connect(m_average, &SetAverage::finished, this, &SetForm::make);
    connect(model, &InspectionModel::modelChanged, this, &SetForm::say);
    say();
}

int SetForm::sets() const
{
    const ChangeKind* kind = changeKind(m_change.kind);
    return kind != nullptr && kind->with == ChangeKind::SteeringFactor ? 2 : 1;
}

void SetForm::setChange(const verbs::Change& change)
{
    m_change = change;
    say();
}

void SetForm::setSet(int which, const QString& path)
{
    if (path.isEmpty()) return;
    m_sets[std::size_t(which)].path = path;
    say();
}

void SetForm::fill(int which)
{
    QMenu* menu = m_sets[std::size_t(which)].field->menu();
    menu->clear();
    const verbs::ModelInfo& model = m_model->model();
    QAction* folder = menu->addAction(tr("Folder of pictures\u2026"), this, [this, which] {
        setSet(which, QFileDialog::getExistingDirectory(this, tr("Folder of pictures")));
    });
    QAction* texts = menu->addAction(tr("File with a text a line\u2026"), this, [this, which] {
        setSet(which, QFileDialog::getOpenFileName(this, tr("File with a text a line")));
    });
    folder->setEnabled(model.takesPictures);
    texts->setEnabled(model.text.reads);
}

// The layer may be another one once the sets are run.
void SetForm::begin()
{
    m_making = m_change;
    m_making.source = m_sets[0].path.toStdString();
    m_making.against = sets() == 2 ? m_sets[1].path.toStdString() : std::string();
    QStringList paths{m_sets[0].path};
    if (sets() == 2) paths << m_sets[1].path;
    m_average->start(paths);
}

void SetForm::make()
{
    m_model->wishes()->change([this](RunRequest& request) {
        const verbs::Change* there = interventionAt(request, m_making);
        if (there != nullptr && there->kind == m_making.kind) m_making.factor = there->factor; // as it was dragged
        setIntervention(request, m_making);
    });
    if (m_average->failed() > 0) m_model->link()->tell(EngineLink::Level::Info, note());
    Q_EMIT made();
}

QString SetForm::note() const
{
    if (m_average->isRunning())
        return m_average->total() == 0 ? tr("Reading\u2026")
                                       : tr("%1 of %2").arg(m_average->done()).arg(m_average->total());
    if (m_average->failed() == 0) return {};
    return tr("%1 left out: %2").arg(m_average->failed()).arg(m_average->failure());
}

void SetForm::say()
{
    const bool isSteering = sets() == 2, runs = m_average->isRunning();
    m_title->setText(isSteering ? tr("Steer behind layer %1").arg(m_change.block)
                                : tr("Head %1.%2 by its mean").arg(m_change.block).arg(m_change.head));
    const std::array<QString, 2> names{isSteering ? tr("Towards") : tr("Over"), tr("Away from")};
    for (std::size_t i = 0; i < m_sets.size(); ++i) {
        const QString& path = m_sets[i].path;
        const QString chosen = path.isEmpty() ? tr("choose\u2026") : setName(path.toStdString());
        m_sets[i].field->say(names[i], tr("%1: %2").arg(names[i], chosen));
        m_sets[i].field->setToolTip(path);
        m_sets[i].field->setEnabled(!runs);
    }
    m_sets[1].field->setVisible(isSteering);
    m_apply->setText(isSteering ? tr("Steer") : tr("Set the mean"));
    m_apply->setEnabled(!runs && !m_sets[0].path.isEmpty() && (!isSteering || !m_sets[1].path.isEmpty()) &&
                        m_model->hasModel());
    m_stop->setText(tr("Stop"));
    m_stop->setAccessibleName(tr("Stop running the sets"));
    m_stop->setVisible(runs);
    m_note->setText(note());
    setAccessibleName(m_title->text());
    setAccessibleDescription(note());
}

void SetForm::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) say();
    QWidget::changeEvent(event);
}

} // namespace headlens
