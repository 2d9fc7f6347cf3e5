// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/mechanisms/switch_editor.h"

#include "widgets/viewmodel/inspection_model.h"
#include "widgets/viewmodel/method_text.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QToolButton>

#include <cmath>
#include <utility>

#include <map>
#include <string>

namespace headlens {
namespace {

constexpr std::size_t kMostButtons = 4, kMostLetters = 30; // more or longer choices become a list

bool isWhole(double value)
{
    return std::floor(value) == value;
}

QString gateTitle(const QString& name)
{
    const QStringList parts = name.split(QLatin1Char('.'));
    return SwitchEditor::tr("Gate of layer %1, head %2").arg(parts.value(1), parts.value(2));
}

} // namespace

QString SwitchEditor::titleOf(const verbs::Switch& one)
{
    const QString name = QString::fromStdString(one.name);
    if (name == QLatin1String("positions")) return tr("Positions");
    if (name == QLatin1String("cross")) return tr("Cross attention");
    if (name == QLatin1String("memory")) return tr("Compressed memory");
    if (name == QLatin1String("routing")) return tr("Who is processed");
    if (name == QLatin1String("capacity")) return tr("Tokens per routed block");
    if (name == QLatin1String("rule")) return tr("How the memory is written");
    if (name == QLatin1String("attention")) return tr("Who looks at whom");
    if (name == QLatin1String("observation")) return tr("What is observed");
    if (name == QLatin1String("age")) return tr("Age is told");
    if (name == QLatin1String("date")) return tr("Date is told");
    const QString layer = name.section(QLatin1Char('.'), 2);
    if (name.startsWith(QLatin1String("gate.attention."))) return tr("Attention gate before layer %1").arg(layer);
    if (name.startsWith(QLatin1String("gate.mlp."))) return tr("MLP gate before layer %1").arg(layer);
    if (name.startsWith(QLatin1String("gate.")) && name.count(QLatin1Char('.')) == 2) return gateTitle(name);
    return one.title.empty() ? name : methodText(one.title);
}

QString SwitchEditor::choiceText(const std::string& choice)
{
    if (choice == "on") return tr("on");
    if (choice == "off") return tr("off");
    if (choice == "learned") return tr("learned");
    if (choice == "random") return tr("random");
    if (choice == "all") return tr("all");
    static const std::map<std::string, const char*> kPatterns{
        {"top of the whole text", QT_TR_NOOP("top of the whole text")},
        {"predictor", QT_TR_NOOP("predictor")},
        {"dense", QT_TR_NOOP("everybody at everybody")},
        {"window 1", QT_TR_NOOP("neighbours, and the class token")},
        {"window 2", QT_TR_NOOP("neighbours up to 2 away, and the class token")},
        {"window 1 alone", QT_TR_NOOP("neighbours only")},
        {"window 1 and 3 random", QT_TR_NOOP("neighbours, 3 random patches, the class token")},
        {"coarse 2", QT_TR_NOOP("means of 2 × 2 patches")},
        {"coarse 4", QT_TR_NOOP("means of 4 × 4 patches")},
        {"low rank", QT_TR_NOOP("learnt mixtures (Linformer)")},
        {"linear", QT_TR_NOOP("linear")},
        {"16 random features", QT_TR_NOOP("16 random features (FAVOR+)")},
        {"64 random features", QT_TR_NOOP("64 random features (FAVOR+)")},
        {"256 random features", QT_TR_NOOP("256 random features (FAVOR+)")},
        {"delta", QT_TR_NOOP("delta rule")},
    };
    if (const auto known = kPatterns.find(choice); known != kPatterns.end()) return tr(known->second);
    return methodText(choice);
}

int SwitchEditor::digitsOf(const verbs::Switch& one)
{
    const double usual = QString::fromStdString(one.usual).toDouble();
    return isWhole(one.low) && isWhole(one.high) && isWhole(usual) && one.high - one.low > 1 ? 0 : 2;
}

SwitchEditor::SwitchEditor(Access access, verbs::Switch one, QWidget* parent)
    : QWidget(parent), m_access(std::move(access)), m_switch(std::move(one)), m_title(new QLabel),
      m_reset(new QPushButton)
{
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 2, 0, 6);
    grid->setVerticalSpacing(3);
    m_title->setWordWrap(true);
    m_title->setTextFormat(Qt::PlainText);
    auto* row = new QHBoxLayout;
    row->setSpacing(4);
    grid->addWidget(m_title, 0, 0, 1, 2);
    grid->addLayout(row, 1, 0);
    grid->addWidget(m_reset, 1, 1);
    grid->setColumnStretch(0, 1);
    if (m_switch.isList || m_switch.isText)
        buildLine(row);
    else if (m_switch.choices.empty())
        buildNumber(row);
    else
        buildChoices(row);
    connect(m_reset, &QPushButton::clicked, this, [this] { choose(QString::fromStdString(m_switch.usual)); });
    retranslate();
    refresh();
}

SwitchEditor* SwitchEditor::of(InspectionModel* model, const verbs::Switch& one)
{
    const QString name = QString::fromStdString(one.name);
    auto* editor = new SwitchEditor({[model, name] { return model->request().switchValue(model->model(), name); },
                                     [model, name](const QString& value) { setSwitch(model, name, value); }},
                                    one);
    connect(model->wishes(), &RunWishes::switchesChanged, editor, &SwitchEditor::refresh);
    return editor;
}

void SwitchEditor::buildChoices(QHBoxLayout* row)
{
    std::size_t letters = 0;
    for (const std::string& choice : m_switch.choices) letters += choice.size();
    if (m_switch.choices.size() > kMostButtons || letters > kMostLetters) {
        m_list = new QComboBox;
        m_list->setSizeAdjustPolicy(
            QComboBox::AdjustToMinimumContentsLengthWithIcon); // names may be long, docks narrow
        m_list->setMinimumContentsLength(12);
        for (const std::string& choice : m_switch.choices)
            m_list->addItem(QString(), QVariant(QString::fromStdString(choice)));
        row->addWidget(m_list, 1);
        connect(m_list, &QComboBox::activated, this, [this] { choose(m_list->currentData().toString()); });
        return;
    }
    m_buttons = new QButtonGroup(this);
    for (std::size_t i = 0; i < m_switch.choices.size(); ++i) {
        auto* button = new QToolButton;
        button->setCheckable(true);
        m_buttons->addButton(button, int(i));
        row->addWidget(button);
    }
    row->addStretch(1);
    connect(m_buttons, &QButtonGroup::idClicked, this,
            [this](int id) { choose(QString::fromStdString(m_switch.choices[std::size_t(id)])); });
}

void SwitchEditor::buildNumber(QHBoxLayout* row)
{
    const int digits = digitsOf(m_switch);
    const double unit = std::pow(10.0, digits);
    m_slider = new QSlider(Qt::Horizontal);
    m_slider->setRange(int(std::lround(m_switch.low * unit)), int(std::lround(m_switch.high * unit)));
    m_slider->setPageStep(std::max(1, (m_slider->maximum() - m_slider->minimum()) / 10));
    m_number = new QDoubleSpinBox;
    m_number->setDecimals(digits);
    m_number->setRange(m_switch.low, m_switch.high);
    m_number->setSingleStep(digits == 0 ? 1 : (m_switch.high - m_switch.low) / 20);
    m_number->setKeyboardTracking(false); // half a number is none
    row->addWidget(m_slider, 1);
    row->addWidget(m_number);
    connect(m_slider, &QSlider::valueChanged, this,
            [this, digits, unit](int value) { choose(QString::number(value / unit, 'f', digits)); });
    connect(m_number, &QDoubleSpinBox::valueChanged, this,
            [this, digits](double value) { choose(QString::number(value, 'f', digits)); });
}

void SwitchEditor::buildLine(QHBoxLayout* row)
{
    m_line = new QLineEdit;
    row->addWidget(m_line, 1);
    connect(m_line, &QLineEdit::editingFinished, this, &SwitchEditor::takeLine);
}

// Numbers that are none are not taken, and what is wanted is said in their place.
void SwitchEditor::takeLine()
{
    const QString text = m_line->text().trimmed();
    if (text == m_access.value()) return refresh();
    bool reads = true;
    for (const QString& part : m_switch.isList && !text.isEmpty() ? text.split(QLatin1Char(',')) : QStringList()) {
        bool isNumber = false;
        const double number = part.trimmed().toDouble(&isNumber);
        reads = reads && isNumber && number >= m_switch.low && number <= m_switch.high;
    }
    if (reads) return choose(text);
    m_title->setText(tr("%1: numbers from %2 to %3 with commas between, please")
                         .arg(titleOf(m_switch))
                         .arg(m_switch.low)
                         .arg(m_switch.high));
}

void SwitchEditor::choose(const QString& value)
{
    m_access.set(value);
    refresh(); // a button that was pressed again stays pressed
}

bool SwitchEditor::isUsual() const
{
    return m_access.value() == QString::fromStdString(m_switch.usual);
}

void SwitchEditor::refresh()
{
    const QString value = m_access.value();
    if (value.isEmpty() && m_line == nullptr) return; // of a model that was replaced
    if (m_line != nullptr && m_line->text() != value) m_line->setText(value);
    if (m_buttons != nullptr)
        for (QAbstractButton* button : m_buttons->buttons()) {
            const std::string& choice = m_switch.choices[std::size_t(m_buttons->id(button))];
            const bool chosen = choice == value.toStdString();
            button->setChecked(chosen); // in a dark theme hardly to be seen: said by a tick as well
            button->setText((chosen ? QStringLiteral("✓ ") : QString()) + choiceText(choice));
        }
    if (m_list != nullptr) m_list->setCurrentIndex(m_list->findData(value));
    if (m_number != nullptr) {
        const QSignalBlocker quietSlider(m_slider), quietNumber(m_number);
        m_number->setValue(value.toDouble());
        m_slider->setValue(int(std::lround(value.toDouble() * std::pow(10.0, m_number->decimals()))));
    }
    const bool trained = isUsual();
    const QString usual =
        m_switch.choices.empty() ? QString::fromStdString(m_switch.usual) : choiceText(m_switch.usual);
    const QString changed = m_access.ofModel ? tr("● %1 – changed, as trained: %2") : tr("● %1 – changed, usually: %2");
    m_title->setText(trained ? titleOf(m_switch) : changed.arg(titleOf(m_switch), usual));
    QFont bold = font();
    bold.setBold(!trained);
    m_title->setFont(bold);
    m_reset->setEnabled(!trained);
}

void SwitchEditor::retranslate()
{
    const QString title = titleOf(m_switch);
    m_reset->setText(m_access.ofModel ? tr("As trained") : tr("Usual value"));
    m_reset->setAccessibleName((m_access.ofModel ? tr("%1: as trained") : tr("%1: its usual value")).arg(title));
    for (std::size_t i = 0; i < m_switch.choices.size(); ++i) {
        const QString text = choiceText(m_switch.choices[i]);
        if (m_list != nullptr) m_list->setItemText(int(i), text);
        if (m_buttons == nullptr) continue;
        m_buttons->button(int(i))->setAccessibleName(tr("%1: %2").arg(title, text));
    }
    for (QWidget* field : {static_cast<QWidget*>(m_list), static_cast<QWidget*>(m_slider),
                           static_cast<QWidget*>(m_number), static_cast<QWidget*>(m_line)})
        if (field != nullptr) field->setAccessibleName(title);
}

void SwitchEditor::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        refresh();
    }
    QWidget::changeEvent(event);
}

} // namespace headlens
