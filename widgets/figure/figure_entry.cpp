// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figure/figure_entry.h"

#include "widgets/style/tokens.h"

#include <QComboBox>
#include <QEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QTimer>

namespace headlens {
namespace {

constexpr std::chrono::milliseconds kTypingPause{400};
const char* const kUsualTip = "usualTip";

// Lies over the field and lets everything through.
class FigureWrongBorder : public QWidget {
public:
    explicit FigureWrongBorder(QWidget* field) : QWidget(field)
    {
        setAttribute(Qt::WA_TransparentForMouseEvents);
        setFocusPolicy(Qt::NoFocus);
        setGeometry(field->rect());
        field->installEventFilter(this);
    }

protected:
    bool eventFilter(QObject* field, QEvent* event) override
    {
        if (event->type() == QEvent::Resize) setGeometry(parentWidget()->rect());
        return QWidget::eventFilter(field, event);
    }
    void paintEvent(QPaintEvent* /*event*/) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(QColor(222, 60, 45), kFocusWidth)); // apart from both grounds and the accent
        const qreal inset = kFocusWidth / 2.0;
        painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), kRadius, kRadius);
    }
};

FigureWrongBorder* borderOf(QWidget* field)
{
    for (QObject* child : field->children())
        if (auto* border = dynamic_cast<FigureWrongBorder*>(child)) return border;
    return nullptr;
}

} // namespace

void hearTyping(QLineEdit* field, std::function<void()> then)
{
    auto* pause = new QTimer(field);
    pause->setSingleShot(true);
    pause->setInterval(kTypingPause);
    QObject::connect(field, &QLineEdit::textEdited, pause, [pause] { pause->start(); });
    QObject::connect(field, &QLineEdit::editingFinished, pause, [pause, then] {
        pause->stop();
        then();
    });
    QObject::connect(pause, &QTimer::timeout, field, std::move(then));
}

void markWrong(QWidget* field, const QString& why)
{
    FigureWrongBorder* border = borderOf(field);
    if ((border != nullptr) == !why.isEmpty() && field->accessibleDescription() == why) return;
    if (border == nullptr) {
        field->setProperty(kUsualTip, field->toolTip());
        border = new FigureWrongBorder(field);
        border->show();
    }
    field->setAccessibleDescription(why);
    field->setToolTip(why.isEmpty() ? field->property(kUsualTip).toString() : why);
    if (why.isEmpty()) delete border;
}

void showWholeTexts(QComboBox* box)
{
    box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    constexpr int kMarkAndBar = 56; // beside the text of a line
    box->view()->setMinimumWidth(box->view()->sizeHintForColumn(0) + kMarkAndBar);
}

} // namespace headlens
