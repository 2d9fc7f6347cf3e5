// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/interventions/intervention_row.h"

#include "core/wire/changes.h"
#include "widgets/common/elided_label.h"
#include "widgets/style/icons.h"
#include "widgets/style/tokens.h"
#include "widgets/viewmodel/interventions.h"

#include <QDoubleSpinBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QSlider>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace headlens {
namespace {

constexpr double kLeast = -1, kMost = 2, kUnit = 100, kStep = 0.05;
constexpr double kFarthest = 8; // of a direction, either way

} // namespace

InterventionRow::InterventionRow(const verbs::Change& change, QWidget* parent)
    : QWidget(parent), m_name(new ElidedLabel), m_slider(new QSlider(Qt::Horizontal)), m_number(new QDoubleSpinBox),
      m_remove(new QToolButton)
{
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(kGap);
    line->addWidget(m_name, 1);
    line->addWidget(m_slider, 1);
    line->addWidget(m_number);
    line->addWidget(m_remove);
    m_name->setTextFormat(Qt::PlainText);
    m_remove->setIcon(icon(Icon::Close));
    m_remove->setAutoRaise(true);
    m_remove->setFocusPolicy(Qt::StrongFocus);
    m_slider->setSingleStep(int(std::lround(kStep * kUnit)));
    m_slider->setPageStep(int(kUnit / 4));
    m_number->setDecimals(2);
    m_number->setSingleStep(kStep);
    m_number->setKeyboardTracking(false); // half a number is none
    connect(m_slider, &QSlider::valueChanged, this, [this](int value) { take(value / kUnit); });
    connect(m_number, &QDoubleSpinBox::valueChanged, this, &InterventionRow::take);
    connect(m_remove, &QToolButton::clicked, this, &InterventionRow::removed);
    setChange(change);
}

void InterventionRow::setChange(const verbs::Change& change)
{
    m_change = change;
    const bool isScaled = hasFactor(change);
    const QSignalBlocker quietSlider(m_slider), quietNumber(m_number);
    const bool steers = takesSets(change);
    const double low = std::min(steers ? -kFarthest : kLeast, change.factor),
                 high = std::max(steers ? kFarthest : kMost, change.factor); // a session may hold more
    m_slider->setRange(int(std::lround(low * kUnit)), int(std::lround(high * kUnit)));
    m_number->setRange(low, high);
    m_slider->setValue(int(std::lround(change.factor * kUnit)));
    m_number->setValue(change.factor);
    m_slider->setVisible(isScaled);
    m_number->setVisible(isScaled);
    retranslate();
}

void InterventionRow::take(double factor)
{
    if (factor == m_change.factor) return;
    verbs::Change wanted = m_change;
    wanted.factor = factor;
    setChange(wanted);
    Q_EMIT changed(wanted);
}

void InterventionRow::retranslate()
{
    const QString place = placeWords(m_change);
    m_name->setText(hasFactor(m_change) && m_change.factor != 0 ? place : interventionWords(m_change));
    m_name->setToolTip(interventionTip(m_change));
    m_number->setPrefix(QStringLiteral("\u00D7 "));
    m_slider->setAccessibleName(tr("%1: factor").arg(place));
    m_slider->setToolTip(takesSets(m_change) ? tr("0 is as trained, below it away from the first set")
                                             : tr("0 is off, 1 as trained"));
    m_number->setAccessibleName(tr("%1: factor").arg(place));
    m_number->setToolTip(m_slider->toolTip());
    m_remove->setAccessibleName(tr("Take back: %1").arg(place));
    m_remove->setToolTip(tr("As trained again"));
}

void InterventionRow::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

} // namespace headlens
