// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figure/figure_lines_editor.h"

#include "widgets/figure/figure_entry.h"

#include <QComboBox>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStandardItemModel>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace headlens {

FigureLinesEditor::FigureLinesEditor(const QString& name, QWidget* parent)
    : QWidget(parent), m_menu(new QMenu(this)), m_what(new QComboBox), m_numbers(new QLineEdit),
      m_names(new QPlainTextEdit), m_add(new QPushButton(tr("Add…"))), m_hint(new QLabel)
{
    for (const FigureName<FigureAxis>& one : figureNames(FigureAxis::None))
        m_what->addItem(figureText(one.title), int(one.value));
    build(name);
    connect(m_what, &QComboBox::currentIndexChanged, this, [this] {
        m_numbers->clear();
        m_good.clear();
        m_heard.clear();
        showFields();
        if (what() == FigureAxis::Queries && m_names->toPlainText().isEmpty())
            m_names->setPlainText(QStringLiteral("auto"));
        Q_EMIT changed();
    });
    hearTyping(m_numbers, [this] { hear(); });
    connect(m_names, &QPlainTextEdit::textChanged, this, &FigureLinesEditor::changed);
    connect(m_add, &QPushButton::clicked, this, &FigureLinesEditor::chooseFiles);
    connect(m_menu, &QMenu::aboutToShow, this, &FigureLinesEditor::fillMenu);
}

void FigureLinesEditor::hear()
{
    if (std::exchange(m_heard, m_numbers->text()) == m_numbers->text()) return;
    if (const auto numbers = figureNumbers(m_heard)) m_good = *numbers;
    Q_EMIT changed();
}

QString FigureLinesEditor::problem() const
{
    const bool counts = what() == FigureAxis::Layers || what() == FigureAxis::Heads;
    return !counts || figureNumbers(m_numbers->text())
               ? QString()
               : tr("\"%1\" is no list of numbers and ranges such as 0-3, 7.").arg(m_numbers->text().simplified());
}

void FigureLinesEditor::mark(const QString& why)
{
    const bool counts = what() == FigureAxis::Layers || what() == FigureAxis::Heads;
    markWrong(m_numbers, counts ? why : QString());
    markWrong(m_names, counts ? QString() : why);
}

// A line of the menu puts its name among those that are typed, or takes it out.
void FigureLinesEditor::fillMenu()
{
    m_menu->clear();
    m_menu->setToolTipsVisible(true);
    for (const FigureChoice& choice : what() == FigureAxis::Methods ? m_choices.maps : m_choices.queries) {
        QAction* line = m_menu->addAction(choice.title);
        line->setCheckable(true);
        line->setChecked(typedNames().contains(choice.id));
        line->setEnabled(choice.refusal.isEmpty() || line->isChecked());
        line->setToolTip(choice.refusal.isEmpty() ? choice.id : choice.refusal);
        connect(line, &QAction::triggered, this, [this, id = choice.id](bool on) {
            QStringList names = typedNames();
            on ? names.append(id) : void(names.removeAll(id));
            m_names->setPlainText(names.join(QLatin1Char('\n')));
        });
    }
}

void FigureLinesEditor::build(const QString& name)
{
    const QString plain = QString(name).remove(QLatin1Char('&'));
    m_what->setAccessibleName(plain);
    m_numbers->setAccessibleName(tr("%1: which").arg(plain));
    m_numbers->setPlaceholderText(tr("all"));
    m_numbers->setToolTip(tr("Numbers and ranges: 0-3, 7"));
    m_names->setAccessibleName(tr("%1: one a line").arg(plain));
    m_names->setTabChangesFocus(true);
    constexpr int kLines = 4;
    m_names->setMaximumHeight(m_names->fontMetrics().lineSpacing() * kLines + 12);
    m_add->setAccessibleName(tr("%1: add").arg(plain));
    m_hint->setWordWrap(true);
    m_hint->setForegroundRole(QPalette::PlaceholderText);
    auto* label = new QLabel(name);
    label->setBuddy(m_what);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    for (QWidget* part : std::initializer_list<QWidget*>{label, m_what, m_numbers, m_names, m_add, m_hint})
        layout->addWidget(part);
    showFields();
}

FigureAxis FigureLinesEditor::what() const
{
    return FigureAxis(m_what->currentData().toInt());
}

void FigureLinesEditor::showFields()
{
    const FigureAxis axis = what();
    const bool files = axis == FigureAxis::Pictures || axis == FigureAxis::Models;
    m_numbers->setVisible(axis == FigureAxis::Layers || axis == FigureAxis::Heads);
    m_names->setVisible(files || axis == FigureAxis::Methods || axis == FigureAxis::Queries);
    const bool chosen = axis == FigureAxis::Methods || axis == FigureAxis::Queries;
    m_add->setVisible(files || chosen);
    m_add->setText(chosen ? tr("Choose…") : tr("Add…"));
    m_add->setMenu(chosen ? m_menu : nullptr);
    const QString hint = axis == FigureAxis::Methods ? tr("One a line; none: all that the model allows.")
                         : axis == FigureAxis::Queries
                             ? tr("One a line: cls, a patch as row,column, or a token's number.")
                         : axis == FigureAxis::Models ? tr("One a line: a folder, a file or the name of a model.")
                                                      : QString();
    m_hint->setText(hint);
    m_hint->setVisible(!hint.isEmpty());
}

void FigureLinesEditor::set(const FigureLines& lines, const QList<FigureInput>& inputs)
{
    const QSignalBlocker quietWhat(m_what), quietNames(m_names);
    m_inputs = inputs;
    m_what->setCurrentIndex(m_what->findData(int(lines.what)));
    m_numbers->setText(figureNumbersText(lines.numbers));
    m_good = lines.numbers;
    m_heard = m_numbers->text();
    QStringList names = lines.names;
    if (lines.what == FigureAxis::Pictures)
        for (const FigureInput& input : inputs) names << input.picture;
    if (names != typedLines()) m_names->setPlainText(names.join(QLatin1Char('\n')));
    showFields();
}

QStringList FigureLinesEditor::typedLines() const
{
    QStringList lines;
    for (const QString& line : m_names->toPlainText().split(QLatin1Char('\n')))
        if (!line.trimmed().isEmpty() && lines.size() < figure_limits::kMostLines) lines << line.trimmed();
    return lines;
}

// Methods may be called as the menu of the window calls them.
QStringList FigureLinesEditor::typedNames() const
{
    QStringList names = typedLines();
    if (what() != FigureAxis::Methods) return names;
    for (QString& name : names)
        for (const FigureChoice& choice : m_choices.maps)
            if (name.compare(choice.title, Qt::CaseInsensitive) == 0) name = choice.id;
    return names;
}

FigureLines FigureLinesEditor::lines() const
{
    FigureLines lines{what(), {}, {}};
    if (m_numbers->isVisibleTo(this)) lines.numbers = m_good;
    const bool named =
        lines.what == FigureAxis::Methods || lines.what == FigureAxis::Models || lines.what == FigureAxis::Queries;
    if (named) lines.names = typedNames();
    const bool needsNames = lines.what == FigureAxis::Models || lines.what == FigureAxis::Queries;
    if (needsNames && lines.names.isEmpty()) lines.what = FigureAxis::None; // until something is typed
    return lines;
}

QList<FigureInput> FigureLinesEditor::inputs() const
{
    if (what() != FigureAxis::Pictures) return m_inputs;
    QList<FigureInput> all;
    for (const QString& path : typedLines().mid(0, figure_limits::kMostInputs)) {
        const auto known = std::ranges::find(m_inputs, path, &FigureInput::picture);
        FigureInput input = known != m_inputs.end() ? *known : m_inputs.value(0); // the same text
        input.picture = path;
        all << input;
    }
    return all.isEmpty() ? m_inputs : all;
}

void FigureLinesEditor::chooseFiles()
{
    const QStringList chosen = what() == FigureAxis::Models
                                   ? QStringList{QFileDialog::getExistingDirectory(this, tr("Add a model folder"))}
                                   : QFileDialog::getOpenFileNames(this, tr("Add pictures"));
    const QStringList all = typedLines() + chosen;
    m_names->setPlainText(all.join(QLatin1Char('\n')).trimmed());
}

void FigureLinesEditor::forbid(FigureAxis forbidden)
{
    auto* items = qobject_cast<QStandardItemModel*>(m_what->model());
    for (int i = 0; items != nullptr && i < m_what->count(); ++i) {
        const auto axis = FigureAxis(m_what->itemData(i).toInt());
        items->item(i)->setEnabled(axis == FigureAxis::None || axis != forbidden);
    }
}

} // namespace headlens
