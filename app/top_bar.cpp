// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/top_bar.h"

#include "app/app_settings.h"
#include "app/change_chips.h"
#include "widgets/common/field_button.h"
#include "widgets/common/yielding_box.h"
#include "widgets/style/icons.h"
#include "widgets/style/look.h"
#include "widgets/style/tokens.h"
#include "widgets/viewmodel/inspection_model.h"
#include "widgets/viewmodel/model_finder.h"

#include <QAction>
#include <QEvent>
#include <QFileInfo>
#include <QLocale>
#include <QMenu>

#include <algorithm>
#include <functional>

namespace headlens {
namespace {

// "12 layers × 3 heads"; of stages or towers that differ "12 layers × 3–24 heads".
QString shapeOf(const verbs::ModelInfo& model)
{
    if (model.blocks.empty()) return {};
    const auto [least, most] = std::ranges::minmax_element(model.blocks, {}, &verbs::BlockOutline::heads);
    const QString heads = least->heads == most->heads ? QString::number(most->heads)
                                                      : QStringLiteral("%1–%2").arg(least->heads).arg(most->heads);
    return TopBar::tr("%1 layers × %2 heads").arg(model.blocks.size()).arg(heads);
}

QString detailOf(const verbs::ModelInfo& model)
{
    QStringList parts{QString::fromStdString(model.architecture), shapeOf(model)};
    if (model.takesPictures && model.patch > 0) parts << TopBar::tr("patch %1").arg(model.patch);
    if (model.precision != "float32") parts << QString::fromStdString(model.precision);
    parts << QLocale().formattedDataSize(model.fileBytes, 1);
    parts.removeAll(QString());
    return parts.join(QStringLiteral(" · "));
}

QString beginOf(const std::string& text)
{
    constexpr int kMost = 60; // letters
    const QString whole = QString::fromStdString(text).simplified();
    return whole.size() > kMost ? whole.left(kMost) + QStringLiteral("…") : whole;
}

// A heading stands only above something.
void addBelow(QMenu* menu, const QString& heading, const std::function<void()>& add)
{
    QAction* section = menu->addSection(heading);
    add();
    if (menu->actions().last() == section) menu->removeAction(section);
}

QToolButton* stepButton(QAction* action)
{
    auto* button = new QToolButton;
    button->setDefaultAction(action);
    button->setToolButtonStyle(Qt::ToolButtonIconOnly);
    return button;
}

} // namespace

TopBar::TopBar(const Parts& parts, QWidget* parent)
    : QToolBar(parent), m_parts(parts), m_model(new FieldButton), m_input(new FieldButton), m_search(new FieldButton),
      m_run(new FieldButton), m_changes(new ChangeChips(parts.open.model))
{
    setObjectName(QStringLiteral("top")); // saveState() needs it
    setMovable(false);
    setContextMenuPolicy(Qt::PreventContextMenu);
    build();
    InspectionModel* model = parts.open.model;
    connect(model, &InspectionModel::modelChanged, this, &TopBar::showModel);
    connect(model, &InspectionModel::inputChanged, this, &TopBar::showInput);
    connect(model, &InspectionModel::inputChanged, this, &TopBar::showRun);
    connect(model, &InspectionModel::modelChanged, this, &TopBar::showRun);
    connect(&model->link()->client(), &EngineClient::ready, this, &TopBar::showRun);
    retranslate();
}

void TopBar::build()
{
    auto* row = new YieldingBox(Qt::Horizontal);
    row->setGaps(kTight, kGap);
    const auto addMenu = [this](FieldButton* field, auto fill) {
        auto* menu = new QMenu(field);
        menu->setToolTipsVisible(true);
        connect(menu, &QMenu::aboutToShow, this, fill);
        field->setMenu(menu);
    };
    addMenu(m_model, &TopBar::fillModels);
    addMenu(m_input, &TopBar::fillInputs);
    addMenu(m_run, [] {});
    for (QMenu* choice : m_parts.computing) m_run->menu()->addMenu(choice);
    m_model->setIcon(icon(Icon::Model));
    m_input->setIcon(icon(Icon::Picture));
    m_search->setIcon(icon(Icon::Search));
    m_search->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed); // the room that the others leave
    constexpr int kLeast = 120;
    m_search->setMinimumWidth(kLeast);
    connect(m_search, &QToolButton::clicked, m_parts.palette, &QAction::trigger);
    // The menus have what steps away in a narrow window.
    enum Rank { kSteps, kRun, kFigure, kSearch, kChanges, kInput, kModel };
    row->add(m_model, kModel);
    row->add(m_input, kInput);
    row->add(m_search, kSearch, 1);
    row->add(m_changes, kChanges);
    row->add(m_run, kRun);
    for (QAction* step : m_parts.steps) row->add(stepButton(step), kSteps);
    auto* figure = new QToolButton;
    figure->setDefaultAction(m_parts.figure);
    figure->setToolButtonStyle(Qt::ToolButtonTextOnly);
    figure->setObjectName(QStringLiteral("figure"));
    setLook(figure, Look::Accent);
    row->add(figure, kFigure);
    addWidget(row);
}

void TopBar::fillModels()
{
    QMenu* menu = m_model->menu();
    menu->clear();
    addBelow(menu, tr("Recent models"), [&] { addRecentLines(menu, m_parts.open, QStringLiteral("models")); });
    menu->addSeparator();
    addEmbeddedLines(menu->addMenu(tr("Models that come along")), m_parts.open);
    m_parts.open.finder->find(m_parts.open.settings->modelFolders());
    QMenu* found = menu->addMenu(tr("On this computer"));
    found->setToolTipsVisible(true);
    connect(found, &QMenu::aboutToShow, this, [this, found] { // by then it may have found them
        found->clear();
        addFoundLines(found, m_parts.open);
    });
    addFoundLines(found, m_parts.open);
    menu->addSeparator();
    menu->addActions(m_parts.models);
}

void TopBar::fillInputs()
{
    QMenu* menu = m_input->menu();
    menu->clear();
    addBelow(menu, tr("Recent pictures"), [&] { addRecentLines(menu, m_parts.open, QStringLiteral("pictures")); });
    addBelow(menu, tr("Recent texts"), [&] { addTextLines(menu, m_parts.open); });
    menu->addSeparator();
    addPictureLines(menu->addMenu(tr("Pictures that come along")), m_parts.open);
    menu->addSeparator();
    menu->addActions(m_parts.inputs);
}

void TopBar::showModel()
{
    const InspectionModel* model = m_parts.open.model;
    if (!model->hasModel()) return m_model->say(tr("Model"), tr("No model"));
    m_model->say(tr("Model"), QString::fromStdString(model->model().name), detailOf(model->model()));
}

void TopBar::showInput()
{
    const InspectionModel* model = m_parts.open.model;
    const verbs::InputInfo& input = model->input();
    const bool looks = model->model().takesPictures && !input.name.empty();
    m_input->setIcon(icon(looks || !model->hasInput() ? Icon::Picture : Icon::Text));
    if (!model->hasInput()) return m_input->say(tr("Input"), tr("No picture or text"));
    const QString text = input.streams.empty() ? QString() : beginOf(input.streams.front().text);
    if (!looks) return m_input->say(tr("Input"), text, tr("%1 tokens").arg(input.tokens));
    QString size =
        QStringLiteral("%1 × %2 → %3").arg(input.originalWidth).arg(input.originalHeight).arg(input.seenWidth);
    if (input.seenHeight != input.seenWidth) size += QStringLiteral(" × %1").arg(input.seenHeight);
    m_input->say(tr("Input"), QFileInfo(QString::fromStdString(input.name)).fileName(), size);
}

void TopBar::showRun()
{
    const InspectionModel* model = m_parts.open.model;
    const EngineClient& client = model->link()->client();
    if (!client.isReady()) return m_run->say(tr("Engine"), tr("starting…"));
    const QString device =
        model->hasModel() ? QString::fromStdString(model->model().device).toUpper() : QStringLiteral("CPU");
    const QString threads = tr("%1 threads").arg(client.hello().threads);
    if (!model->hasInput()) return m_run->say(tr("Computes"), device, threads);
    const double ms = model->input().forwardMs;
    m_run->say(tr("Computes"), tr("%1 ms").arg(ms, 0, 'f', ms < 10 ? 1 : 0), device + QStringLiteral(" · ") + threads);
    m_run->setToolTip(m_run->toolTip() + QLatin1Char('\n') +
                      tr("LibTorch %1, engine process %2, %3")
                          .arg(QString::fromStdString(client.hello().torch))
                          .arg(client.hello().processId)
                          .arg(QString::fromStdString(client.hello().blas)));
}

void TopBar::retranslate()
{
    setWindowTitle(tr("What is open"));
    setAccessibleName(tr("What is open"));
    m_search->say(tr("Commands"), {},
                  m_parts.palette->shortcut().toString(QKeySequence::NativeText) + QStringLiteral("  ") +
                      tr("Search heads, views, actions…"));
    showModel();
    showInput();
    showRun();
}

void TopBar::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) retranslate();
    QToolBar::changeEvent(event);
}

} // namespace headlens
