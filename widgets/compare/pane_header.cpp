// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compare/pane_header.h"

#include "widgets/common/field_button.h"
#include "widgets/compare/pane_model.h"
#include "widgets/style/icons.h"
#include "widgets/style/look.h"
#include "widgets/style/tokens.h"
#include "widgets/viewmodel/method_map.h"
#include "widgets/viewmodel/method_text.h"
#include "widgets/viewmodel/run_changes.h"

#include <QEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QMenu>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace headlens {
namespace {

// The one that is asked where the pane has not opened any yet.
const InspectionModel& looked(const PaneModel& pane)
{
    const bool isOpen = pane.isStarted() && pane.model()->hasModel();
    return isOpen ? *pane.model() : *pane.window().model;
}

QString beginOf(const QString& text)
{
    constexpr qsizetype kMost = 40; // letters
    const QString whole = text.simplified();
    return whole.size() > kMost ? whole.left(kMost) + QStringLiteral("…") : whole;
}

QHBoxLayout* rowOf(FieldButton* one, FieldButton* other, QToolButton* button)
{
    auto* row = new QHBoxLayout;
    row->setSpacing(kTight);
    row->addWidget(one, 1);
    row->addWidget(other, 1);
    row->addWidget(button);
    return row;
}

} // namespace

PaneHeader::PaneHeader(PaneModel* pane, const PaneSources* sources, QWidget* parent)
    : QWidget(parent), m_pane(pane), m_sources(sources), m_model(new FieldButton), m_input(new FieldButton),
      m_map(new FieldButton), m_changes(new FieldButton), m_difference(new QToolButton), m_remove(new QToolButton)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kTight);
    layout->addLayout(rowOf(m_model, m_input, m_remove));
    layout->addLayout(rowOf(m_map, m_changes, m_difference));
    addMenu(m_model, &PaneHeader::fillModels);
    addMenu(m_input, &PaneHeader::fillInputs);
    addMenu(m_map, &PaneHeader::fillMaps);
    addMenu(m_changes, &PaneHeader::fillChanges);
    m_remove->setIcon(icon(Icon::Close));
    m_remove->setAutoRaise(true);
    m_difference->setCheckable(true);
    setLook(m_difference, Look::Chip);
    for (QToolButton* button : {m_difference, m_remove}) button->setFocusPolicy(Qt::StrongFocus);
    connect(m_remove, &QToolButton::clicked, this, &PaneHeader::removeWanted);
    connect(m_difference, &QToolButton::toggled, this,
            [this](bool on) { choose([on](PaneWish& wish) { wish.difference = on; }); });
    connect(m_pane, &PaneModel::wishChanged, this, &PaneHeader::follow);
    retranslate();
}

void PaneHeader::addMenu(FieldButton* field, void (PaneHeader::*fill)(QMenu*))
{
    field->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed); // what fits, both alike
    auto* menu = new QMenu(field);
    menu->setToolTipsVisible(true);
    connect(menu, &QMenu::aboutToShow, this, [this, menu, fill] {
        menu->clear();
        qDeleteAll(menu->findChildren<QMenu*>(Qt::FindDirectChildrenOnly)); // clear() keeps the menus inside
        (this->*fill)(menu);
    });
    field->setMenu(menu);
}

void PaneHeader::choose(const Change& change)
{
    PaneWish wish = m_pane->wish();
    change(wish);
    m_pane->setWish(wish);
}

QAction* PaneHeader::addLine(QMenu* menu, const QString& text, bool isOn, const Change& change)
{
    QAction* line = menu->addAction(text);
    line->setCheckable(true);
    line->setChecked(isOn);
    connect(line, &QAction::triggered, this, [this, change] { choose(change); });
    return line;
}

void PaneHeader::fillModels(QMenu* menu)
{
    addLine(menu, tr("As shown"), m_pane->wish().model.isEmpty(), [](PaneWish& wish) { wish.model.clear(); });
    const auto steps = checkpointsOf(m_pane->wantedModel()).size();
    if (steps > 0)
        menu->addAction(tr("Checkpoints of this training (%1)").arg(steps), this, &PaneHeader::checkpointsWanted);
    const auto take = [this](const QString& path) { choose([&path](PaneWish& wish) { wish.model = path; }); };
    if (m_sources->models) m_sources->models(menu, take);
}

void PaneHeader::fillInputs(QMenu* menu)
{
    const PaneWish& wish = m_pane->wish();
    addLine(menu, tr("As shown"), wish.picture.isEmpty() && !wish.hasText, [](PaneWish& next) {
        next.picture.clear();
        next.text.clear();
        next.hasText = false;
    });
    const verbs::ModelInfo& model = looked(*m_pane).model();
    QAction* text = addLine(menu, tr("Another text"), wish.hasText, [this](PaneWish& next) {
        if (!next.hasText) next.text = looked(*m_pane).request().text.text;
        next.hasText = true;
    });
    text->setEnabled(model.text.reads);
    const auto take = [this](const QString& path) { choose([&path](PaneWish& next) { next.picture = path; }); };
    if (m_sources->pictures && model.takesPictures) m_sources->pictures(menu, take);
}

void PaneHeader::fillMaps(QMenu* menu)
{
    const QString map = m_pane->wish().map;
    addLine(menu, tr("As shown"), map.isEmpty(), [](PaneWish& wish) { wish.map.clear(); });
    menu->addSeparator();
    addLine(menu, tr("raw attention"), map == kRowMap, [](PaneWish& wish) { wish.map = kRowMap; });
    for (const verbs::MethodInfo& method : looked(*m_pane).model().methods) {
        const QString id = QString::fromStdString(method.id);
        QAction* line = addLine(menu, methodText(method.title), map == id, [id](PaneWish& wish) { wish.map = id; });
        line->setEnabled(method.refusal.empty());
        line->setToolTip(methodText(method.refusal.empty() ? method.says : method.refusal));
    }
}

void PaneHeader::fillChanges(QMenu* menu)
{
    const bool asTrained = m_pane->wish().asTrained;
    addLine(menu, tr("As shown"), !asTrained, [](PaneWish& wish) { wish.asTrained = false; });
    addLine(menu, tr("As trained"), asTrained, [](PaneWish& wish) {
        wish.asTrained = true;
    })->setToolTip(tr("Without the heads, parts and words that are off in the window: what was before"));
}

void PaneHeader::follow()
{
    const PaneWish& wish = m_pane->wish();
    const InspectionModel& model = looked(*m_pane);
    const QString same = tr("as shown");
    const QString named = QString::fromStdString(model.model().name);
    const bool isOwn = !wish.model.isEmpty();
    m_model->say(tr("Model"), named.isEmpty() ? tr("No model") : named, isOwn ? QString() : same);
    const bool looks = model.model().takesPictures;
    const QString picture = QFileInfo(QString::fromStdString(model.input().name)).fileName();
    const QString input = looks ? picture : beginOf(model.request().text.text);
    m_input->say(tr("Input"), input.isEmpty() ? tr("no input") : input,
                 wish.picture.isEmpty() && !wish.hasText ? same : QString());
    const Selection& selection = m_pane->isStarted() ? *m_pane->selection() : *m_pane->window().selection;
    const verbs::MethodInfo* method = model.map()->method(selection.map());
    m_map->say(tr("Map"), method == nullptr ? tr("raw attention") : methodText(method->title),
               wish.map.isEmpty() ? same : QString());
    const QStringList changes = changesOf(model.request());
    m_changes->say(tr("Changes"), changes.isEmpty() ? tr("as trained") : changes.join(QLatin1String(", ")),
                   wish.asTrained ? QString() : same);
    const QSignalBlocker quiet(m_difference);
    m_difference->setChecked(wish.difference);
}

void PaneHeader::setRefusal(const QString& why)
{
    const QString tip = why.isEmpty() ? tr("Shows this map minus the main one: red for more, blue for less") : why;
    if (m_difference->toolTip() != tip) m_difference->setToolTip(tip); // asked at every row
}

void PaneHeader::retranslate()
{
    m_remove->setToolTip(tr("Take this pane away"));
    m_remove->setAccessibleName(tr("Take this pane away"));
    nameDifference();
    setRefusal({});
    follow();
}

// By its sign where the word would leave no room for the fields.
void PaneHeader::nameDifference()
{
    constexpr int kRoomy = 320;
    m_difference->setAccessibleName(tr("Difference"));
    m_difference->setText(width() < kRoomy ? QStringLiteral("Δ") : tr("Difference"));
}

void PaneHeader::resizeEvent(QResizeEvent* event)
{
    nameDifference();
    QWidget::resizeEvent(event);
}

void PaneHeader::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

} // namespace headlens
