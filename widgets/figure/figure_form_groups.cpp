// SPDX-License-Identifier: GPL-3.0-or-later
// What can be chosen, group by group.
#include "widgets/figure/figure_entry.h"
#include "widgets/figure/figure_fields.h"
#include "widgets/figure/figure_form.h"
#include "widgets/figure/figure_lines_editor.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFontDatabase>
#include <QFormLayout>
#include <QRegularExpression>

namespace headlens {

namespace limits = figure_limits;

namespace {

bool varies(const FigureSpec& spec, FigureAxis what)
{
    return spec.content.rows.what == what || spec.content.columns.what == what;
}

// Of which head or fusion can be chosen: not where every panel is one of the heads.
bool hasOneMap(const FigureSpec& spec)
{
    return !varies(spec, FigureAxis::Heads) || hasMapFirst(spec.content);
}

// Without the makers that Qt puts behind a name that several have ("Nimbus Sans [urw]").
QStringList fontFamilies()
{
    static const QRegularExpression kMaker(QStringLiteral("\\s*\\[[^\\]]*\\]$"));
    QStringList families = QFontDatabase::families();
    for (QString& family : families) family.remove(kMaker);
    families.removeDuplicates();
    return families;
}

} // namespace

template <class Enum>
QWidget* FigureForm::choice(QFormLayout* form, const QString& name, FieldOf<Enum> field)
{
    auto* box = new QComboBox;
    for (const FigureName<Enum>& one : figureNames(Enum{})) box->addItem(figureText(one.title), int(one.value));
    connect(box, &QComboBox::currentIndexChanged, this, [this, box, field] {
        field(m_spec) = Enum(box->currentData().toInt());
        edited();
    });
    m_show.emplace_back([this, box, field] { box->setCurrentIndex(box->findData(int(field(m_spec)))); });
    showWholeTexts(box);
    add(form, name, box);
    return box;
}

template <class Number>
QWidget* FigureForm::number(QFormLayout* form, const QString& name, const Range& range, FieldOf<Number> field)
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
    return box;
}

QWidget* FigureForm::onOff(QFormLayout* form, const QString& name, FieldOf<bool> field)
{
    auto* box = new QCheckBox(name);
    connect(box, &QCheckBox::toggled, this, [this, field](bool on) {
        field(m_spec) = on;
        edited();
    });
    m_show.emplace_back([this, box, field] { box->setChecked(field(m_spec)); });
    form->addRow(box);
    return box;
}

void FigureForm::buildLines()
{
    QFormLayout* form = group(tr("Panels"));
    form->addRow(m_rows);
    form->addRow(m_columns);
    for (FigureLinesEditor* editor : {m_rows, m_columns})
        connect(editor, &FigureLinesEditor::changed, this, &FigureForm::takeLines);
    QWidget* picture = onOff(form, tr("Picture first"), [](FigureSpec& s) -> bool& { return s.content.pictureFirst; });
    QWidget* map = onOff(form, tr("The map itself before the columns"),
                         [](FigureSpec& s) -> bool& { return s.content.columns.mapFirst; });
    enableWhile(picture, [](const FigureSpec& s) { return s.content.columns.what != FigureAxis::Pictures; });
    enableWhile(map, [](const FigureSpec& s) { return s.content.columns.what != FigureAxis::None; });
}

void FigureForm::buildSubject()
{
    constexpr double kMost = 9999;
    QFormLayout* form = group(tr("In every panel"));
    QWidget* layer =
        number<int>(form, tr("La&yer"), {-1, kMost, 1}, [](FigureSpec& s) -> int& { return s.content.subject.layer; });
    QWidget* fusion =
        choice<HeadFusion>(form, tr("&Heads"), [](FigureSpec& s) -> HeadFusion& { return s.content.subject.fusion; });
    QWidget* head =
        number<int>(form, tr("Hea&d"), {0, kMost, 1}, [](FigureSpec& s) -> int& { return s.content.subject.head; });
    m_query = typed(form, tr("&Query"), tr("cls, a patch as row,column, or a token's number"),
                    [](FigureSpec& s) -> QString& { return s.content.subject.query; });
    m_map = typed(form, tr("&Map"), tr("raw attention, or a method"),
                  [](FigureSpec& s) -> QString& { return s.content.subject.map; });
    onOff(form, tr("Who looks at the query (re&verse)"),
          [](FigureSpec& s) -> bool& { return s.content.subject.reverse; });
    onOff(form, tr("As the model sees &it"), [](FigureSpec& s) -> bool& { return s.content.asSeen; });
    m_fields = {{FigureField::Layer, layer},
                {FigureField::Head, head},
                {FigureField::Query, m_query},
                {FigureField::Map, m_map}};
    qobject_cast<QDoubleSpinBox*>(layer)->setSpecialValueText(tr("the last")); // that looks at the picture
    enableWhile(layer, [](const FigureSpec& s) { return !varies(s, FigureAxis::Layers); });
    enableWhile(fusion, [](const FigureSpec& s) { return hasOneMap(s); });
    enableWhile(head,
                [](const FigureSpec& s) { return hasOneMap(s) && s.content.subject.fusion == HeadFusion::Single; });
    enableWhile(m_query, [](const FigureSpec& s) { return !varies(s, FigureAxis::Queries); });
    enableWhile(m_map, [](const FigureSpec& s) { return !varies(s, FigureAxis::Methods); });
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
    for (const QString& family : fontFamilies()) fonts.emplaceBack(family, family);
    QFormLayout* form = group(tr("Sheet"));
    choice<FigurePreset>(form, tr("&Format"), [](FigureSpec& s) -> FigurePreset& { return s.sheet.preset; });
    QWidget* width = number<double>(form, tr("O&wn width"), {limits::kNarrowest, limits::kWidest, 0.25, tr(" in"), 2},
                                    [](FigureSpec& s) -> double& { return s.sheet.customWidth; });
    enableWhile(width, [](const FigureSpec& s) { return s.sheet.preset == FigurePreset::Custom; });
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
    QWidget* caption = paragraph(form, tr("Te&xt of the caption"), tr("made from what is shown"),
                                 [](FigureSpec& s) -> QString& { return s.sheet.caption; });
    enableWhile(caption, [](const FigureSpec& s) { return s.sheet.captioned; });
    number<int>(form, tr("Dots per inch of PNG"), {limits::kLeastDpi, limits::kMostDpi, 1},
                [](FigureSpec& s) -> int& { return s.sheet.dpi; });
}

} // namespace headlens
