// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/controls_panel.h"

#include "core/base/colormap.h"
#include "core/wire/block_grid.h"
#include "widgets/canvas/hidden_share.h"
#include "widgets/canvas/method_settings.h"
#include "widgets/common/mnemonics.h"
#include "widgets/viewmodel/colour_names.h"
#include "widgets/viewmodel/components.h"
#include "widgets/viewmodel/method_map.h"
#include "widgets/viewmodel/method_text.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QSpinBox>
#include <QStandardItemModel>
#include <QVBoxLayout>

#include <algorithm>

namespace headlens {

ControlsPanel::ControlsPanel(InspectionModel* model, Selection* selection, DisplaySettings* display, QWidget* parent)
    : QWidget(parent), m_model(model), m_selection(selection), m_heads(selection->heads()),
      m_tokens(selection->tokens()), m_display(display), m_form(new QFormLayout(this)), m_layer(new QSpinBox),
      m_head(new QSpinBox), m_fusion(new QComboBox), m_map(new QComboBox), m_direction(new QComboBox),
      m_fit(new QComboBox), m_picture(new QComboBox), m_colormap(new QComboBox), m_scope(new QComboBox),
      m_opacity(new QSlider(Qt::Horizontal)), m_log(new QCheckBox), m_smooth(new QCheckBox), m_grid(new QCheckBox),
      m_windows(new QCheckBox), m_settings(new MethodSettings(model, selection)), m_components(new QWidget),
      m_recipe(new QComboBox), m_refit(new QPushButton), m_swap(new QPushButton), m_mask(new HiddenShare(model))
{
    build();
    retranslate();
    connectSelection();
    connectDisplay();
    fromSelection();
    fromDisplay();
}

void ControlsPanel::build()
{
    m_form->setLabelAlignment(Qt::AlignLeft);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_fields = {m_layer, m_head, m_fusion, m_map, m_direction, m_fit, m_picture, m_colormap, m_opacity, m_scope};
    for (QWidget* field : m_fields) {
        auto* name = new QLabel;
        name->setBuddy(field);
        if (auto* box = qobject_cast<QComboBox*>(field)) { // the longest text must not decide how wide the dock is
            box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
            box->setMinimumContentsLength(8);
        }
        m_form->addRow(name, field);
        if (field == m_map) m_form->addRow(m_settings);
    }
    for (QCheckBox* box : {m_log, m_smooth, m_grid, m_windows}) m_form->addRow(box);
    buildComponents();
    m_form->addRow(m_mask);
    m_opacity->setRange(0, 100);
    m_colormap->addItem(QString(), QString());
    for (const std::string_view name : colorMapNames())
        m_colormap->addItem(QString(), QString::fromLatin1(name.data(), qsizetype(name.size())));
    for (int i = 0; i < 4; ++i) m_fusion->addItem(QString());
    for (int i = 0; i < 2; ++i) m_direction->addItem(QString());
    for (int i = 0; i < 4; ++i) m_picture->addItem(QString());
    for (const char* fit : {"trained", "squash", "native"}) m_fit->addItem(QString(), QLatin1String(fit));
    for (int i = 0; i < 3; ++i) m_scope->addItem(QString());
}

void ControlsPanel::retranslate()
{
    const QStringList names{tr("La&yer"),     tr("&Head"),        tr("Heads &together"), tr("M&ap"),
                            tr("&Direction"), tr("Pictu&re fit"), tr("Sho&w"),           tr("&Colours"),
                            tr("&Opacity"),   tr("Colo&ur scale")};
    for (qsizetype i = 0; i < names.size(); ++i) {
        qobject_cast<QLabel*>(m_form->labelForField(m_fields[i]))->setText(names[i]);
        m_fields[i]->setAccessibleName(withoutMnemonic(names[i]));
    }
    const auto texts = [](QComboBox* box, const QStringList& items) {
        for (int i = 0; i < items.size(); ++i) box->setItemText(i, items[i]);
    };
    texts(m_fusion, {tr("one head"), tr("mean"), tr("maximum"), tr("minimum")});
    texts(m_direction, {tr("what it attends to"), tr("who attends to it")});
    texts(m_fit, {tr("as trained"), tr("whole picture, squashed"), tr("whole picture, own aspect")});
    for (int i = 0; i < m_colormap->count(); ++i)
        m_colormap->setItemText(i, colourName(m_colormap->itemData(i).toString()));
    fillMaps();
    texts(m_picture,
          {tr("what the model sees"), tr("the original"), tr("the reconstruction"), tr("principal components")});
    texts(m_recipe, {tr("as DINOv2"), tr("as DINOv3")});
    m_recipe->setAccessibleName(tr("Recipe of the components"));
    m_recipe->setToolTip(tr("DINOv2: foreground by the first component, then three components of it. DINOv3: the same "
                            "smoothed, whitened and through a sigmoid; its trained foreground classifier is replaced "
                            "by the first component"));
    m_refit->setText(tr("Fit here"));
    m_refit->setToolTip(tr("Otherwise the basis is kept, so that colours mean the same in every layer and picture"));
    m_swap->setText(tr("Swap foreground"));
    texts(m_scope, {tr("per map"), tr("per layer"), tr("global")});
    m_fit->setToolTip(tr("As trained: resized and cropped as the model was trained. Squashed: the whole picture in "
                         "that size. Own aspect: the whole "
                         "picture, positions interpolated."));
    m_log->setText(tr("Lo&garithmic"));
    m_smooth->setText(tr("Smooth &between patches"));
    m_smooth->setToolTip(tr("Off by default: a smooth map suggests detail the model does not have"));
    m_grid->setText(tr("Patch grid"));
    m_windows->setText(tr("Wi&ndows"));
    m_windows->setToolTip(tr("The windows of the block, and the pieces of the one the token lies in"));
}

void ControlsPanel::connectSelection()
{
    connect(m_selection, &Selection::mapChanged, this, &ControlsPanel::fromSelection);
    connect(m_tokens, &TokenChoice::changed, this, &ControlsPanel::fromSelection);
    connect(m_layer, &QSpinBox::valueChanged, m_heads, &HeadChoice::setLayer);
    connect(m_head, &QSpinBox::valueChanged, m_heads, &HeadChoice::setHead);
    connect(m_fusion, &QComboBox::activated, this, [this](int index) { m_heads->setFusion(HeadFusion(index)); });
    connect(m_map, &QComboBox::activated, this, [this] { m_selection->setMap(m_map->currentData().toString()); });
    connect(m_direction, &QComboBox::activated, this, [this](int index) { m_tokens->setReverse(index == 1); });
    connect(m_fit, &QComboBox::activated, this,
            [this] { m_model->wishes()->change([&](RunRequest& r) { r.fit = m_fit->currentData().toString(); }); });
    connect(m_model, &InspectionModel::inputChanged, this, &ControlsPanel::fromInput);
    connect(m_model, &InspectionModel::modelChanged, this, &ControlsPanel::fillMaps);
}

void ControlsPanel::connectDisplay()
{
    connect(m_display, &DisplaySettings::changed, this, &ControlsPanel::fromDisplay);
    const auto bind = [this](auto* box, auto signal, auto change) {
        connect(box, signal, this,
                [this, change](auto value) { m_display->change([&](Display& d) { change(d, value); }); });
    };
    bind(m_picture, &QComboBox::activated, [](Display& d, int index) { d.ground = Ground(index); });
    bind(m_recipe, &QComboBox::activated, [](Display& d, int index) { d.sharpComponents = index == 1; });
    bind(m_windows, &QCheckBox::toggled, [](Display& d, bool on) { d.windowGrid = on; });
    bind(m_opacity, &QSlider::valueChanged, [](Display& d, int percent) { d.opacity = percent / 100.0; });
    bind(m_scope, &QComboBox::activated, [](Display& d, int index) { d.scope = ScaleScope(index); });
    bind(m_log, &QCheckBox::toggled, [](Display& d, bool on) { d.logarithmic = on; });
    bind(m_smooth, &QCheckBox::toggled, [](Display& d, bool on) { d.smooth = on; });
    bind(m_grid, &QCheckBox::toggled, [](Display& d, bool on) { d.gridLines = on; });
    connect(m_colormap, &QComboBox::activated, this,
            [this] { m_display->change([this](Display& d) { d.colormap = m_colormap->currentData().toString(); }); });
}

void ControlsPanel::fromSelection()
{
    const QSignalBlocker noLayer(m_layer), noHead(m_head);
    m_layer->setRange(0, m_heads->layers() - 1);
    m_head->setRange(0, m_heads->headCount() - 1);
    m_layer->setValue(m_heads->layer());
    m_head->setValue(m_heads->head());
    m_fusion->setCurrentIndex(int(m_heads->fusion()));
    m_map->setCurrentIndex(std::max(0, m_map->findData(m_selection->map())));
    m_direction->setCurrentIndex(m_tokens->reverse() ? 1 : 0);
}

void ControlsPanel::fromDisplay()
{
    const Display& d = m_display->get();
    const QSignalBlocker noOpacity(m_opacity);
    m_picture->setCurrentIndex(int(d.ground));
    m_recipe->setCurrentIndex(d.sharpComponents ? 1 : 0);
    m_components->setVisible(d.ground == Ground::Components);
    m_windows->setChecked(d.windowGrid);
    m_colormap->setCurrentIndex(std::max(0, m_colormap->findData(d.colormap)));
    m_opacity->setValue(int(d.opacity * 100 + 0.5));
    m_scope->setCurrentIndex(int(d.scope));
    m_log->setChecked(d.logarithmic);
    m_smooth->setChecked(d.smooth);
    m_grid->setChecked(d.gridLines);
}

void ControlsPanel::buildComponents()
{
    auto* lines = new QVBoxLayout(m_components);
    lines->setContentsMargins(0, 0, 0, 0);
    for (int i = 0; i < 2; ++i) m_recipe->addItem(QString());
    lines->addWidget(m_recipe);
    auto* buttons = new QHBoxLayout;
    for (QPushButton* button : {m_refit, m_swap}) buttons->addWidget(button);
    lines->addLayout(buttons);
    m_form->addRow(m_components);
    m_components->hide();
    connect(m_refit, &QPushButton::clicked, this, [this] { m_model->components()->refit(false); });
    connect(m_swap, &QPushButton::clicked, this, [this] { m_model->components()->refit(true); });
}

void ControlsPanel::fromInput()
{
    m_fit->setCurrentIndex(m_fit->findData(m_model->request().fit));
    m_windows->setVisible(std::ranges::any_of(m_model->input().blocks, isWindowed));
}

// In a narrow dock every field stands below its name; names and boxes are never cut.
QSize ControlsPanel::minimumSizeHint() const
{
    int least = 0;
    for (int row = 0; row < m_form->rowCount(); ++row)
        for (const auto role : {QFormLayout::LabelRole, QFormLayout::SpanningRole})
            if (const QLayoutItem* item = m_form->itemAt(row, role); item != nullptr && item->widget() != nullptr)
                least = std::max(least, item->minimumSize().width());
    const QMargins margins = m_form->contentsMargins();
    return {least + margins.left() + margins.right(), QWidget::minimumSizeHint().height()};
}

void ControlsPanel::resizeEvent(QResizeEvent* event)
{
    m_form->setRowWrapPolicy(QFormLayout::DontWrapRows);
    if (m_form->minimumSize().width() > width()) m_form->setRowWrapPolicy(QFormLayout::WrapAllRows);
    QWidget::resizeEvent(event);
}

// The row, then the methods of the open model; one that it does not allow is grey and says why.
void ControlsPanel::fillMaps()
{
    m_map->clear();
    m_map->addItem(tr("row of the token"), kRowMap);
    m_map->setItemData(0, tr("What the token under the mouse attends to, in the chosen layer and head"),
                       Qt::ToolTipRole);
    auto* items = qobject_cast<QStandardItemModel*>(m_map->model());
    for (const verbs::MethodInfo& method : m_model->model().methods) {
        m_map->addItem(methodText(method.title), QString::fromStdString(method.id));
        const int last = m_map->count() - 1;
        items->item(last)->setEnabled(method.refusal.empty());
        m_map->setItemData(last, methodText(method.refusal.empty() ? method.says : method.refusal), Qt::ToolTipRole);
    }
    m_map->setToolTip(tr("One row, or one number for every token, by one of many methods"));
    m_map->setCurrentIndex(std::max(0, m_map->findData(m_selection->map())));
}

void ControlsPanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

} // namespace headlens
