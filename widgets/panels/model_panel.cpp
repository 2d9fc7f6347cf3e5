// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/model_panel.h"

#include "widgets/panels/preprocess_words.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLocale>

namespace headlens {
namespace {

void add(QTreeWidgetItem* parent, const QString& name, const QString& value)
{
    auto* line = new QTreeWidgetItem(parent, {name, value});
    line->setToolTip(1, value);
}

QString shapeText(const std::vector<std::int64_t>& shape)
{
    QStringList extents;
    for (const std::int64_t extent : shape) extents << QString::number(extent);
    return QLatin1Char('[') + extents.join(QLatin1String(" × ")) + QLatin1Char(']');
}

} // namespace

ModelPanel::ModelPanel(InspectionModel* model, QWidget* parent) : QTreeWidget(parent), m_model(model)
{
    setColumnCount(2);
    setHeaderHidden(true);
    setAlternatingRowColors(true);
    setSelectionMode(ExtendedSelection);
    setUniformRowHeights(true);
    header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    connect(model, &InspectionModel::modelChanged, this, &ModelPanel::rebuild);
    connect(model, &InspectionModel::inputChanged, this, &ModelPanel::rebuild);
    rebuild();
}

QTreeWidgetItem* ModelPanel::section(const QString& title, bool open)
{
    auto* item = new QTreeWidgetItem(this, {title});
    QFont bold = font();
    bold.setBold(true);
    item->setFont(0, bold);
    item->setFirstColumnSpanned(true);
    item->setExpanded(open);
    return item;
}

void ModelPanel::addList(const QString& title, const std::vector<std::string>& lines, bool open)
{
    if (lines.empty()) return;
    QTreeWidgetItem* parent = section(QStringLiteral("%1 (%2)").arg(title).arg(lines.size()), open);
    for (const std::string& line : lines) {
        auto* item = new QTreeWidgetItem(parent, {QString::fromStdString(line)});
        item->setFirstColumnSpanned(true);
        item->setToolTip(0, item->text(0));
    }
}

void ModelPanel::addModel()
{
    const verbs::ModelInfo& info = m_model->model();
    const QLocale locale;
    QTreeWidgetItem* model = section(QString::fromStdString(info.name));
    QStringList special;
    for (const std::string& name : info.prefixTokens) special << QString::fromStdString(name).toUpper();
    add(model, tr("Architecture"), QString::fromStdString(info.architecture));
    QStringList heads, widths; // one entry a stage
    for (std::size_t i = 0; i < info.blocks.size(); ++i) {
        if (i > 0 && info.blocks[i].stage == info.blocks[i - 1].stage) continue;
        heads << QString::number(info.blocks[i].heads);
        widths << QString::number(info.blocks[i].width);
    }
    add(model, tr("Layers"), QString::number(info.blocks.size()));
    add(model, tr("Heads"), heads.join(QLatin1String(", ")));
    add(model, tr("Width"), widths.join(QLatin1String(", ")));
    add(model, tr("Patch"), tr("%1 pixels").arg(info.patch));
    add(model, tr("Trained at"), QStringLiteral("%1 × %2").arg(info.imageWidth).arg(info.imageHeight));
    add(model, tr("Special tokens"), special.isEmpty() ? tr("none") : special.join(QLatin1String(", ")));
    add(model, tr("Classes"), info.classes > 0 ? QString::number(info.classes) : tr("none"));
    add(model, tr("Parameters"), locale.toString(qlonglong(info.parameters)));
    add(model, tr("Device"), QString::fromStdString(info.device));
    add(model, tr("Layout"), QString::fromStdString(info.layout));
    add(model, tr("File"), QString::fromStdString(info.path));
    add(model, tr("Memory"), tr("%1 with one picture").arg(locale.formattedDataSize(info.predictedBytes)));
    add(model, tr("Size"), locale.formattedDataSize(info.fileBytes));
    add(model, tr("SHA-256"), QString::fromStdString(info.sha256));
}

void ModelPanel::addPicture()
{
    if (!m_model->hasInput()) return;
    const verbs::InputInfo& input = m_model->input();
    QTreeWidgetItem* picture = section(tr("Picture"));
    add(picture, tr("Name"), QString::fromStdString(input.name));
    add(picture, tr("Original"), QStringLiteral("%1 × %2").arg(input.originalWidth).arg(input.originalHeight));
    add(picture, tr("Seen by the model"), QStringLiteral("%1 × %2").arg(input.seenWidth).arg(input.seenHeight));
    for (const std::string& remark : input.remarks) add(picture, tr("Read"), QString::fromStdString(remark));
    add(picture, tr("Tokens"), tr("%1 (grid %2 × %3)").arg(input.tokens).arg(input.gridWidth).arg(input.gridHeight));
    add(picture, tr("Decoding"), tr("%1 ms").arg(input.decodeMs, 0, 'f', 1));
    add(picture, tr("Preprocessing"), tr("%1 ms").arg(input.preprocessMs, 0, 'f', 1));
    add(picture, tr("Forward pass"), tr("%1 ms").arg(input.forwardMs, 0, 'f', 1));
    add(picture, tr("Trace in memory"), QLocale().formattedDataSize(input.traceBytes));
}

void ModelPanel::addTensors()
{
    const auto& tensors = m_model->model().tensors;
    QTreeWidgetItem* parent = section(tr("Tensors (%1)").arg(tensors.size()), false);
    for (const verbs::TensorInfo& tensor : tensors)
        add(parent, QString::fromStdString(tensor.name),
            QString::fromStdString(tensor.dtype) + QLatin1Char(' ') + shapeText(tensor.shape));
}

void ModelPanel::rebuild()
{
    setAccessibleName(tr("About the model"));
    clear();
    if (!m_model->hasModel()) return;
    addModel();
    addList(tr("Assumed while loading"), m_model->model().assumptions, true);
    std::vector<std::string> steps;
    for (const std::string& line : m_model->model().preprocessing)
        steps.push_back(preprocessWords(QString::fromStdString(line)).toStdString());
    addList(tr("Preprocessing steps"), steps, true);
    addPicture();
    constexpr std::size_t kFew = 8; // thousands would push everything else away
    addList(tr("Unused tensors"), m_model->model().unusedTensors, m_model->model().unusedTensors.size() <= kFew);
    addTensors();
}

void ModelPanel::keyPressEvent(QKeyEvent* event)
{
    if (!event->matches(QKeySequence::Copy)) return QTreeWidget::keyPressEvent(event);
    QStringList lines;
    for (const QTreeWidgetItem* item : selectedItems())
        lines << (item->text(0) + QLatin1Char('\t') + item->text(1)).trimmed();
    QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

void ModelPanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) rebuild();
    QTreeWidget::changeEvent(event);
}

} // namespace headlens
