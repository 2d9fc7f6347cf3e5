// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figure/figure_form.h"

#include "widgets/figure/figure_fields.h"
#include "widgets/figure/figure_lines_editor.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFontDatabase>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QVBoxLayout>

#include <utility>

namespace headlens {

namespace limits = figure_limits;

FigureForm::FigureForm(QWidget* parent)
    : QScrollArea(parent), m_rows(new FigureLinesEditor(tr("&Rows"))), m_columns(new FigureLinesEditor(tr("&Columns")))
{
    setFrameShape(NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus); // its fields have it
    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(8);
    setWidget(content);
    buildLines();
    buildSubject();
    buildLook();
    buildSheet();
    layout->addStretch();
    constexpr int kWidth = 320;
    setMinimumWidth(kWidth);
}

QFormLayout* FigureForm::group(const QString& title)
{
    auto* heading = new QLabel(title);
    QFont bold = heading->font();
    bold.setBold(true);
    heading->setFont(bold);
    auto* form = new QFormLayout;
    form->setContentsMargins(0, 0, 0, 8);
    form->setSpacing(4);
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    auto* layout = qobject_cast<QVBoxLayout*>(widget()->layout());
    layout->addWidget(heading);
    layout->addLayout(form);
    return form;
}

void FigureForm::add(QFormLayout* form, const QString& name, QWidget* control)
{
    control->setAccessibleName(QString(name).remove(QLatin1Char('&')));
    form->addRow(name, control);
}

void FigureForm::edited()
{
    if (!m_isSetting) Q_EMIT changed();
}

template <class Enum>
void FigureForm::choice(QFormLayout* form, const QString& name, FieldOf<Enum> field)
{
    auto* box = new QComboBox;
    for (const FigureName<Enum>& one : figureNames(Enum{})) box->addItem(figureText(one.title), int(one.value));
    connect(box, &QComboBox::currentIndexChanged, this, [this, box, field] {
        field(m_spec) = Enum(box->currentData().toInt());
        edited();
    });
    m_show.emplace_back([this, box, field] { box->setCurrentIndex(box->findData(int(field(m_spec)))); });
    add(form, name, box);
}

template <class Number>
void FigureForm::number(QFormLayout* form, const QString& name, const Range& range, FieldOf<Number> field)
{
    auto* box = new QDoubleSpinBox;
    box->setDecimals(range.decimals);
    box->setRange(range.low, range.high);
    box->setSingleStep(range.step);
    box->setSuffix(range.unit);
    box->setKeyboardTracking(false);
    connect(box, &QDoubleSpinBox::valueChanged, this, [this, field](double value) {
        if (m_isSetting) return; // rounded to what the box shows
        field(m_spec) = Number(value);
        edited();
    });
    m_show.emplace_back([this, box, field] { box->setValue(double(field(m_spec))); });
    add(form, name, box);
}

void FigureForm::onOff(QFormLayout* form, const QString& name, FieldOf<bool> field)
{
    auto* box = new QCheckBox(name);
    connect(box, &QCheckBox::toggled, this, [this, field](bool on) {
        field(m_spec) = on;
        edited();
    });
    m_show.emplace_back([this, box, field] { box->setChecked(field(m_spec)); });
    form->addRow(box);
}

void FigureForm::text(QFormLayout* form, const QString& name, const QString& hint, FieldOf<QString> field)
{
    auto* box = new QLineEdit;
    box->setMaxLength(limits::kLongestName);
    box->setPlaceholderText(hint);
    box->setToolTip(hint);
    connect(box, &QLineEdit::editingFinished, this, [this, box, field] {
        if (std::exchange(field(m_spec), box->text()) != box->text()) edited();
    });
    m_show.emplace_back([this, box, field] { box->setText(field(m_spec)); });
    add(form, name, box);
}

void FigureForm::paragraph(QFormLayout* form, const QString& name, const QString& hint, FieldOf<QString> field)
{
    auto* box = new QPlainTextEdit;
    constexpr int kHeight = 72;
    box->setFixedHeight(kHeight);
    box->setTabChangesFocus(true);
    box->setPlaceholderText(hint);
    connect(box, &QPlainTextEdit::textChanged, this, [this, box, field] {
        field(m_spec) = box->toPlainText().left(limits::kLongestText);
        edited();
    });
    m_show.emplace_back([this, box, field] {
        if (box->toPlainText() != field(m_spec)) box->setPlainText(field(m_spec));
    });
    add(form, name, box);
}

void FigureForm::oneOf(QFormLayout* form, const QString& name, const QList<std::pair<QString, QString>>& values,
                       FieldOf<QString> field)
{
    auto* box = new QComboBox;
    for (const auto& [value, title] : values) box->addItem(title, value);
    constexpr int kShortest = 8; // families have long names
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(kShortest);
    connect(box, &QComboBox::currentIndexChanged, this, [this, box, field] {
        if (m_isSetting) return; // a family that is not installed here stays in the description
        field(m_spec) = box->currentData().toString();
        edited();
    });
    m_show.emplace_back([this, box, field] { box->setCurrentIndex(box->findData(field(m_spec))); });
    add(form, name, box);
}

void FigureForm::buildLines()
{
    QFormLayout* form = group(tr("Panels"));
    form->addRow(m_rows);
    form->addRow(m_columns);
    for (FigureLinesEditor* editor : {m_rows, m_columns})
        connect(editor, &FigureLinesEditor::changed, this, &FigureForm::takeLines);
    onOff(form, tr("Picture first"), [](FigureSpec& s) -> bool& { return s.content.pictureFirst; });
    onOff(form, tr("The map itself before the columns"),
          [](FigureSpec& s) -> bool& { return s.content.columns.mapFirst; });
}

void FigureForm::takeLines()
{
    FigureContent& content = m_spec.content;
    content.rows = m_rows->lines();
    const bool mapFirst = content.columns.mapFirst;
    content.columns = m_columns->lines();
    content.columns.mapFirst = mapFirst;
    m_rows->forbid(content.columns.what);
    m_columns->forbid(content.rows.what);
    content.inputs = content.rows.what == FigureAxis::Pictures ? m_rows->inputs() : m_columns->inputs();
    if (content.rows.what == content.columns.what) content.columns = {};
    edited();
}

void FigureForm::buildSubject()
{
    constexpr double kMost = 9999;
    QFormLayout* form = group(tr("In every panel"));
    number<int>(form, tr("La&yer"), {0, kMost, 1}, [](FigureSpec& s) -> int& { return s.content.subject.layer; });
    choice<HeadFusion>(form, tr("&Heads"), [](FigureSpec& s) -> HeadFusion& { return s.content.subject.fusion; });
    number<int>(form, tr("Hea&d"), {0, kMost, 1}, [](FigureSpec& s) -> int& { return s.content.subject.head; });
    text(form, tr("&Query"), tr("cls, a patch as row,column, or a token's number"),
         [](FigureSpec& s) -> QString& { return s.content.subject.query; });
    text(form, tr("&Map"), tr("row, or the name of a method"),
         [](FigureSpec& s) -> QString& { return s.content.subject.map; });
    onOff(form, tr("Who looks at the query (re&verse)"),
          [](FigureSpec& s) -> bool& { return s.content.subject.reverse; });
    onOff(form, tr("As the model sees &it"), [](FigureSpec& s) -> bool& { return s.content.asSeen; });
}

void FigureForm::buildLook()
{
    QList<std::pair<QString, QString>> palettes;
    for (const QString& name : figurePalettes()) palettes.emplaceBack(name, name);
    QFormLayout* form = group(tr("Maps"));
    choice<OverlayStyle>(form, tr("&Style"), [](FigureSpec& s) -> OverlayStyle& { return s.look.style; });
    oneOf(form, tr("&Palette"), palettes, [](FigureSpec& s) -> QString& { return s.look.palette; });
    number<double>(form, tr("&Opacity"), {0, 1, 0.05, {}, 2}, [](FigureSpec& s) -> double& { return s.look.opacity; });
    choice<FigureScale>(form, tr("Sca&le of"), [](FigureSpec& s) -> FigureScale& { return s.look.scale; });
    onOff(form, tr("Lo&garithmic"), [](FigureSpec& s) -> bool& { return s.look.logarithmic; });
    onOff(form, tr("Smoo&th between patches"), [](FigureSpec& s) -> bool& { return s.look.smooth; });
    number<double>(form, tr("Strongest part shown"), {0.05, 1, 0.05, {}, 2},
                   [](FigureSpec& s) -> double& { return s.look.keepMass; });
    onOff(form, tr("Photograph &under the map"), [](FigureSpec& s) -> bool& { return s.look.photograph; });
    onOff(form, tr("Mar&k the query"), [](FigureSpec& s) -> bool& { return s.look.marksQuery; });
}

void FigureForm::buildSheet()
{
    QList<std::pair<QString, QString>> fonts{{QString(), tr("as in the window")}};
    for (const QString& family : QFontDatabase::families()) fonts.emplaceBack(family, family);
    QFormLayout* form = group(tr("Sheet"));
    choice<FigurePreset>(form, tr("&Format"), [](FigureSpec& s) -> FigurePreset& { return s.sheet.preset; });
    number<double>(form, tr("O&wn width"), {limits::kNarrowest, limits::kWidest, 0.25, tr(" in"), 2},
                   [](FigureSpec& s) -> double& { return s.sheet.customWidth; });
    number<double>(form, tr("Gap &between panels"), {0, limits::kLargestGap, 1, tr(" pt"), 1},
                   [](FigureSpec& s) -> double& { return s.sheet.gap; });
    choice<FigureBackground>(form, tr("B&ackground"),
                             [](FigureSpec& s) -> FigureBackground& { return s.sheet.background; });
    oneOf(form, tr("Fo&nt"), fonts, [](FigureSpec& s) -> QString& { return s.sheet.font; });
    number<double>(form, tr("Font si&ze"), {limits::kSmallestFont, limits::kLargestFont, 0.5, tr(" pt"), 1},
                   [](FigureSpec& s) -> double& { return s.sheet.fontSize; });
    onOff(form, tr("Letters a, b, c"), [](FigureSpec& s) -> bool& { return s.sheet.letters; });
    onOff(form, tr("Headings of rows and columns"), [](FigureSpec& s) -> bool& { return s.sheet.headings; });
    onOff(form, tr("Colour bar"), [](FigureSpec& s) -> bool& { return s.sheet.colorBar; });
    onOff(form, tr("Caption"), [](FigureSpec& s) -> bool& { return s.sheet.captioned; });
    paragraph(form, tr("Te&xt of the caption"), tr("made from what is shown"),
              [](FigureSpec& s) -> QString& { return s.sheet.caption; });
    number<int>(form, tr("Dots per inch of PNG"), {limits::kLeastDpi, limits::kMostDpi, 1},
                [](FigureSpec& s) -> int& { return s.sheet.dpi; });
}

void FigureForm::set(const FigureSpec& spec)
{
    m_spec = spec;
    m_isSetting = true;
    m_rows->set(spec.content.rows, spec.content.inputs);
    m_columns->set(spec.content.columns, spec.content.inputs);
    m_rows->forbid(spec.content.columns.what);
    m_columns->forbid(spec.content.rows.what);
    for (const std::function<void()>& show : m_show) show();
    m_spec = spec; // whatever a control could not show exactly
    m_isSetting = false;
}

} // namespace headlens
