// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/swin/shift_view.h"

#include "core/base/colormap.h"
#include "widgets/viewmodel/heat_image.h"
#include "widgets/viewmodel/live_rows.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMouseEvent>
#include <QPainter>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace headlens {
namespace {

constexpr int kRollMilliseconds = 700, kStepMilliseconds = 1600;

} // namespace

ShiftPicture::ShiftPicture(InspectionModel* model, Selection* selection, DisplaySettings* display, QWidget* parent)
    : QWidget(parent), m_model(model), m_heads(selection->heads()), m_tokens(selection->tokens()), m_display(display)
{
    setAccessibleName(tr("The shifted windows, step by step"));
    m_roll.setStartValue(0.0);
    m_roll.setEndValue(1.0);
    m_roll.setDuration(kRollMilliseconds);
    const auto repaint = [this] { update(); };
    connect(&m_roll, &QVariantAnimation::valueChanged, this, repaint);
    connect(model, &InspectionModel::inputChanged, this, repaint);
    connect(model->rows(), &LiveRows::changed, this, repaint);
    connect(m_heads, &HeadChoice::changed, this, repaint);
    connect(display, &DisplaySettings::changed, this, repaint);
}

void ShiftPicture::setStep(Step step, bool animated)
{
    m_step = step;
    m_roll.stop();
    const bool moves = step == Step::Roll || step == Step::RollBack;
    if (moves && animated && style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this) > 0)
        m_roll.start();
    update();
}

double ShiftPicture::rolled() const
{
    const bool running = m_roll.state() == QAbstractAnimation::Running;
    const double done = running ? m_roll.currentValue().toDouble() : 1.0;
    switch (m_step) {
    case Step::Map: return 0;
    case Step::Roll: return done;
    case Step::RollBack: return 1 - done;
    case Step::Partition:
    case Step::Mask:
    case Step::Attend: break;
    }
    return 1;
}

QRectF ShiftPicture::area() const
{
    const WindowGrid windows = windowsOf(m_model->rows()->keyLayout().block);
    QSizeF size = QSizeF(windows.paddedWidth(), windows.paddedHeight())
                      .scaled(QSizeF(rect().size()) - QSizeF(8, 8), Qt::KeepAspectRatio);
    return {QPointF((width() - size.width()) / 2, (height() - size.height()) / 2), size};
}

QRectF ShiftPicture::cellRect(const WindowGrid& windows, Cell cell) const
{
    const QRectF whole = area();
    const double w = whole.width() / windows.paddedWidth(), h = whole.height() / windows.paddedHeight();
    const auto moved = [&](int at, int shift, int length) {
        const double to = at - shift * rolled();
        return to < -1e-9 ? to + length : to;
    };
    const int lengthY = windows.padAfterRoll ? windows.height : windows.paddedHeight();
    const int lengthX = windows.padAfterRoll ? windows.width : windows.paddedWidth();
    return {whole.left() + moved(cell.x, windows.shiftX, lengthX) * w,
            whole.top() + moved(cell.y, windows.shiftY, lengthY) * h, w, h};
}

// The picture in pieces: what leaves on one side comes in on the other.
void ShiftPicture::paintMap(QPainter& painter, const WindowGrid& windows) const
{
    const QImage& seen = m_model->run().seen;
    const int cell = m_model->rows()->keyLayout().block.cell;
    const QRectF whole = area();
    const double w = whole.width() / windows.paddedWidth(), h = whole.height() / windows.paddedHeight();
    const double scale = w / cell;
    const QRectF bare(0, 0, windows.width * w, windows.height * h);
    const double spanX = windows.padAfterRoll ? bare.width() : whole.width();
    const double spanY = windows.padAfterRoll ? bare.height() : whole.height();
    painter.fillRect(whole, QBrush(palette().color(QPalette::Mid), Qt::DiagCrossPattern)); // padding
    painter.save();
    painter.setClipRect(QRectF(whole.topLeft(), QSizeF(spanX, spanY)));
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    for (const int dy : {0, 1})
        for (const int dx : {0, 1}) {
            const QPointF at = whole.topLeft() + QPointF(dx * spanX - windows.shiftX * rolled() * w,
                                                         dy * spanY - windows.shiftY * rolled() * h);
            painter.drawImage(QRectF(at, QSizeF(seen.width() * scale, seen.height() * scale)), seen);
        }
    painter.restore();
}

void ShiftPicture::paintWindows(QPainter& painter, const WindowGrid& windows) const
{
    const QRectF whole = area();
    painter.setPen(QPen(Qt::white, 2));
    for (int i = 0; i <= windows.columns(); ++i) {
        const double x = whole.left() + whole.width() * i / windows.columns();
        painter.drawLine(QPointF(x, whole.top()), QPointF(x, whole.bottom()));
    }
    for (int i = 0; i <= windows.rows(); ++i) {
        const double y = whole.top() + whole.height() * i / windows.rows();
        painter.drawLine(QPointF(whole.left(), y), QPointF(whole.right(), y));
    }
}

// Windows that hold strangers: each region in a colour and a hatching of its own.
void ShiftPicture::paintRegions(QPainter& painter, const WindowGrid& windows) const
{
    static constexpr std::array<Qt::BrushStyle, 4> kPatterns{Qt::BDiagPattern, Qt::FDiagPattern, Qt::HorPattern,
                                                             Qt::VerPattern};
    for (int window = 0; window < windows.windows(); ++window) {
        const int first = windows.regionOf({window, 0});
        bool mixed = false;
        for (int i = 1; i < windows.tokensPerWindow(); ++i) mixed = mixed || windows.regionOf({window, i}) != first;
        if (!mixed) continue;
        for (int i = 0; i < windows.tokensPerWindow(); ++i) {
            const int region = windows.regionOf({window, i});
            QColor color = headQColor(region);
            const QRectF rect = cellRect(windows, windows.cellOf({window, i}));
            color.setAlpha(70);
            painter.fillRect(rect, color);
            color.setAlpha(220);
            painter.fillRect(rect, QBrush(color, kPatterns[std::size_t(region) % kPatterns.size()]));
        }
    }
}

void ShiftPicture::paintAttention(QPainter& painter, const WindowGrid& windows) const
{
    const TokenLayout& layout = m_model->rows()->keyLayout();
    const int token = layout.parentToken(m_model->rows()->of().token);
    const std::vector<float> row = m_model->rows()->current();
    if (!layout.isPatch(token) || row.size() != std::size_t(layout.tokens())) return;
    const QPoint at = layout.cell(token);
    const int window = windows.placeOf({at.y(), at.x()}).window;
    const Display display = displayFor(*m_model, *m_display);
    const ValueScale scale = scaleFor(display, m_model->rows()->layers(), m_heads->layer(), row, 0);
    const ColorTable& colors = colorTable(display.colors().toStdString());
    for (const Cell cell : windows.cellsOf(window)) {
        const float value = row[std::size_t(layout.tokenAt(cell.x, cell.y))];
        const Rgb& c = colorAt(colors, scale.unit(value));
        painter.fillRect(cellRect(windows, cell), QColor(c.r, c.g, c.b, 215));
    }
    painter.setPen(QPen(QColor(255, 90, 60), 2));
    painter.drawRect(cellRect(windows, {at.y(), at.x()}));
}

void ShiftPicture::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const TokenLayout& layout = m_model->rows()->keyLayout();
    if (!m_model->hasInput() || !isWindowed(layout.block)) {
        painter.setPen(palette().color(QPalette::PlaceholderText));
        painter.drawText(
            rect(), Qt::AlignCenter | Qt::TextWordWrap,
            tr("This block has no windows: every token sees every other. Open emoji-swin to see windows."));
        return;
    }
    const WindowGrid windows = windowsOf(layout.block);
    paintMap(painter, windows);
    const bool whole = rolled() >= 1 || !windows.isShifted();
    if (m_step >= Step::Mask && m_step <= Step::Attend) paintRegions(painter, windows);
    if (m_step >= Step::Attend) paintAttention(painter, windows);
    if (m_step >= Step::Partition && whole && m_step != Step::RollBack) paintWindows(painter, windows);
}

// A click chooses the token, wherever it is by now.
void ShiftPicture::mousePressEvent(QMouseEvent* event)
{
    const TokenLayout& layout = m_model->rows()->keyLayout();
    if (!m_model->hasInput() || !isWindowed(layout.block)) return;
    const WindowGrid windows = windowsOf(layout.block);
    for (int y = 0; y < windows.height; ++y)
        for (int x = 0; x < windows.width; ++x)
            if (cellRect(windows, {y, x}).contains(event->position()))
                return m_tokens->setToken(layout.middle(layout.tokenAt(x, y)));
}

ShiftView::ShiftView(InspectionModel* model, Selection* selection, DisplaySettings* display, QWidget* parent)
    : QWidget(parent), m_model(model), m_picture(new ShiftPicture(model, selection, display)), m_text(new QLabel),
      m_back(new QPushButton), m_play(new QPushButton), m_next(new QPushButton)
{
    auto* buttons = new QHBoxLayout;
    for (QPushButton* button : {m_back, m_play, m_next}) buttons->addWidget(button);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_picture, 1);
    layout->addWidget(m_text);
    layout->addLayout(buttons);
    m_text->setWordWrap(true);
    m_text->setMinimumHeight(3 * m_text->fontMetrics().height()); // so that the picture does not jump
    m_text->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_play->setCheckable(true);
    m_timer.setInterval(kStepMilliseconds);
    connect(m_back, &QPushButton::clicked, this, [this] { go(-1); });
    connect(m_next, &QPushButton::clicked, this, [this] { go(1); });
    connect(m_play, &QPushButton::toggled, this, &ShiftView::play);
    connect(&m_timer, &QTimer::timeout, this, [this] { go(1); });
    connect(selection->heads(), &HeadChoice::changed, this, &ShiftView::retranslate);
    connect(model, &InspectionModel::inputChanged, this, &ShiftView::retranslate);
    retranslate();
}

void ShiftView::play(bool on)
{
    if (on)
        m_timer.start();
    else
        m_timer.stop();
}

void ShiftView::showStep(ShiftPicture::Step step)
{
    m_picture->setStep(step, false);
    retranslate();
}

void ShiftView::go(int steps)
{
    const int next = (int(m_picture->step()) + steps + ShiftPicture::kSteps) % ShiftPicture::kSteps;
    m_picture->setStep(ShiftPicture::Step(next), true);
    retranslate();
}

void ShiftView::retranslate()
{
    m_back->setText(tr("Back"));
    m_play->setText(tr("Play"));
    m_next->setText(tr("Next"));
    const verbs::BlockGrid& block = m_model->rows()->keyLayout().block;
    const bool shifted = block.shiftY > 0 || block.shiftX > 0;
    const QStringList texts{
        tr("1 of 6 · The map: one token for every %1 × %1 pixels, %2 × %3 tokens.")
            .arg(block.cell)
            .arg(block.gridWidth)
            .arg(block.gridHeight),
        shifted ? tr("2 of 6 · Roll: the map moves up and left by %1 and %2 tokens; what leaves comes in on the other "
                     "side.")
                      .arg(block.shiftY)
                      .arg(block.shiftX)
                : tr("2 of 6 · Roll: this block is not shifted, nothing moves."),
        tr("3 of 6 · Partition: the map is cut into windows of %1 × %2 tokens.")
            .arg(block.windowWidth)
            .arg(block.windowHeight),
        shifted ? tr("4 of 6 · Mask: in the hatched windows the roll brought strangers together; only tokens of the "
                     "same hatching may look at each other.")
                : tr("4 of 6 · Mask: nothing needs to be cut, all neighbours in a window are neighbours in the "
                     "picture."),
        tr("5 of 6 · Attend: the chosen token looks at the tokens of its window, and at no others."),
        tr("6 of 6 · Roll back: every token returns to its place; a wrapped window lies in pieces.")};
    m_text->setText(m_model->hasInput() && isWindowed(block) ? texts[int(m_picture->step())] : QString());
    for (QPushButton* button : {m_back, m_play, m_next}) button->setEnabled(isWindowed(block));
}

void ShiftView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

} // namespace headlens
