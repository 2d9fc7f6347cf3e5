// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figure/figure_form.h"

#include "widgets/figure/figure_entry.h"
#include "widgets/figure/figure_lines_editor.h"

#include <QComboBox>
#include <QCompleter>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QStandardItemModel>
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
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
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
    if (m_isSetting) return;
    showEffects();
    mark();
    Q_EMIT changed();
}

// One of a list, or what is typed.
QComboBox* FigureForm::typed(QFormLayout* form, const QString& name, const QString& hint, FieldOf<QString> field)
{
    auto* box = new QComboBox;
    box->setEditable(true);
    box->setInsertPolicy(QComboBox::NoInsert);
    box->completer()->setFilterMode(Qt::MatchContains);
    box->completer()->setCompletionMode(QCompleter::PopupCompletion);
    box->lineEdit()->setMaxLength(limits::kLongestName);
    box->lineEdit()->setPlaceholderText(hint);
    box->setToolTip(hint);
    const auto take = [this, box, field] {
        if (m_isSetting) return;
        const int known = box->findText(box->currentText().trimmed(), Qt::MatchFixedString);
        const QString value = known >= 0 ? box->itemData(known).toString() : box->currentText().trimmed();
        if (std::exchange(field(m_spec), value) != value) edited();
    };
    hearTyping(box->lineEdit(), take);
    connect(box, &QComboBox::activated, this, take);
    m_show.emplace_back([this, box, field] {
        const int known = box->findData(field(m_spec));
        box->setCurrentIndex(known);
        if (known < 0) box->setEditText(field(m_spec));
    });
    add(form, name, box);
    box->lineEdit()->setAccessibleName(box->accessibleName());
    return box;
}

QWidget* FigureForm::paragraph(QFormLayout* form, const QString& name, const QString& hint, FieldOf<QString> field)
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
    return box;
}

void FigureForm::oneOf(QFormLayout* form, const QString& name, const QList<std::pair<QString, QString>>& values,
                       FieldOf<QString> field)
{
    auto* box = new QComboBox;
    for (const auto& [value, title] : values) box->addItem(title, value);
    showWholeTexts(box);
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

void FigureForm::enableWhile(QWidget* control, bool (*has)(const FigureSpec&))
{
    m_effects.emplace_back(control, has);
}

void FigureForm::showEffects()
{
    for (const auto& [control, has] : m_effects) control->setEnabled(has(m_spec));
}

void FigureForm::offer(const FigureChoices& choices)
{
    m_rows->offer(choices);
    m_columns->offer(choices);
    m_isSetting = true;
    const auto fill = [](QComboBox* box, const QList<FigureChoice>& lines) {
        box->clear();
        for (const FigureChoice& line : lines) {
            box->addItem(line.title, line.id);
            auto* item = qobject_cast<QStandardItemModel*>(box->model())->item(box->count() - 1);
            item->setEnabled(line.refusal.isEmpty());
            item->setToolTip(line.refusal);
        }
        showWholeTexts(box);
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon); // a token may be long
    };
    fill(m_query, choices.queries);
    fill(m_map, choices.maps);
    m_isSetting = false;
}

void FigureForm::setProblems(const std::vector<FigureProblem>& found)
{
    m_problems = found;
    mark();
}

std::vector<FigureProblem> FigureForm::problems() const
{
    std::vector<FigureProblem> all;
    for (const auto& [field, editor] :
         {std::pair(FigureField::Rows, m_rows), std::pair(FigureField::Columns, m_columns)})
        if (const QString typed = editor->problem(); !typed.isEmpty()) all.push_back({field, typed});
    all.insert(all.end(), m_problems.begin(), m_problems.end());
    return all;
}

void FigureForm::mark()
{
    std::map<FigureField, QString> wrong;
    for (const FigureProblem& problem : problems()) wrong.try_emplace(problem.field, problem.sentence);
    m_rows->mark(wrong[FigureField::Rows]);
    m_columns->mark(wrong[FigureField::Columns]);
    for (const auto& [field, control] : m_fields) markWrong(control, wrong[field]);
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
    showEffects();
    mark();
}

} // namespace headlens
