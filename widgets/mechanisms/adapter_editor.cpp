// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/mechanisms/adapter_editor.h"

#include "widgets/style/tokens.h"
#include "widgets/viewmodel/comparison.h"
#include "widgets/viewmodel/in_turn.h"
#include "widgets/viewmodel/inspection_model.h"

#include <QDoubleSpinBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QVBoxLayout>

#include <cmath>

namespace headlens {
namespace {

constexpr double kUnit = 100, kStep = 0.05;

QString listed(const std::vector<std::string>& names)
{
    constexpr std::size_t kMost = 8;
    QStringList shown;
    for (const std::string& name : names)
        if (std::size_t(shown.size()) < kMost) shown << QString::fromStdString(name);
    return shown.join(QLatin1String(", ")) + (names.size() > kMost ? QStringLiteral(" …") : QString());
}

} // namespace

AdapterEditor::AdapterEditor(InspectionModel* model, QWidget* parent)
    : QWidget(parent), m_model(model), m_turn(new InTurn(model->link(), this)), m_title(new QLabel),
      m_about(new QLabel), m_slider(new QSlider(Qt::Horizontal)), m_number(new QDoubleSpinBox),
      m_compare(new QPushButton)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, kGap);
    auto* row = new QHBoxLayout;
    row->setSpacing(kGap);
    row->addWidget(m_slider, 1);
    row->addWidget(m_number);
    layout->addWidget(m_title);
    layout->addLayout(row);
    layout->addWidget(m_about);
    layout->addWidget(m_compare, 0, Qt::AlignLeft);
    for (QLabel* label : {m_title, m_about}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
    }
    m_slider->setRange(0, int(kUnit));
    m_slider->setSingleStep(int(std::lround(kStep * kUnit)));
    m_slider->setPageStep(int(kUnit / 4));
    m_slider->setTracking(false); // the weights are loaded anew for every place
    m_number->setRange(0, 1);
    m_number->setDecimals(2);
    m_number->setSingleStep(kStep);
    m_number->setKeyboardTracking(false); // half a number is none
    connect(m_slider, &QSlider::valueChanged, this, [this](int value) { take(value / kUnit); });
    connect(m_number, &QDoubleSpinBox::valueChanged, this, &AdapterEditor::take);
    connect(m_compare, &QPushButton::clicked, this, &AdapterEditor::compareWithBase);
    connect(m_model, &InspectionModel::modelChanged, this, &AdapterEditor::follow);
    connect(m_model, &InspectionModel::inputChanged, this, &AdapterEditor::follow);
    connect(m_model->loader(), &ModelLoader::openEnded, this, &AdapterEditor::follow); // also of what failed
    connect(m_model, &InspectionModel::modelOpened, m_turn, &InTurn::stop);            // another one, by wish
    follow();
}

void AdapterEditor::take(double strength)
{
    m_turn->stop();
    m_model->loader()->setAdapterStrength(strength);
    const QSignalBlocker quietSlider(m_slider), quietNumber(m_number);
    m_slider->setValue(int(std::lround(strength * kUnit)));
    m_number->setValue(strength);
}

void AdapterEditor::compareWithBase()
{
    const double now = m_model->model().adapter.strength, then = now > 0 ? now : 1;
    m_turn->begin({[this] { m_model->loader()->setAdapterStrength(0); }, [this] { m_model->comparison()->hold(); },
                   [this, then] { m_model->loader()->setAdapterStrength(then); }});
}

QString AdapterEditor::description() const
{
    const verbs::AdapterInfo& adapter = m_model->model().adapter;
    QStringList parts;
    if (adapter.matrices > 0)
        parts << tr("LoRA of rank %1 at %2 matrices: %3.")
                     .arg(adapter.rank)
                     .arg(adapter.matrices)
                     .arg(listed(adapter.modules));
    if (!adapter.saved.empty()) parts << tr("It brings its own: %1.").arg(listed(adapter.saved));
    if (!adapter.base.empty()) parts << tr("Trained on %1.").arg(QString::fromStdString(adapter.base));
    return parts.join(QLatin1Char(' '));
}

void AdapterEditor::follow()
{
    const verbs::AdapterInfo& adapter = m_model->model().adapter;
    setVisible(!adapter.folder.empty());
    if (adapter.folder.empty()) return;
    const QString name = QString::fromStdString(adapter.name);
    m_title->setText(tr("Adapter %1").arg(name));
    m_about->setText(description());
    m_compare->setText(tr("Compare with the base"));
    m_compare->setToolTip(tr("Runs the input through the base alone and makes that the baseline: maps and answers then "
                             "show what the adapter changed."));
    m_compare->setEnabled(m_model->hasInput());
    const QString strength = tr("Strength of the adapter, from 0 (the base) to 1 (as trained)");
    for (QWidget* field : {static_cast<QWidget*>(m_slider), static_cast<QWidget*>(m_number)}) {
        field->setAccessibleName(strength);
        field->setToolTip(strength);
    }
    if (m_slider->isSliderDown()) return;
    const QSignalBlocker quietSlider(m_slider), quietNumber(m_number);
    m_slider->setValue(int(std::lround(adapter.strength * kUnit)));
    m_number->setValue(adapter.strength);
}

void AdapterEditor::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) follow();
}

} // namespace headlens
