// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/palette/palette_popup.h"

#include "widgets/palette/palette_lines.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace headlens {
namespace {

// Screen readers know a frame as a decoration.
QAccessibleInterface* asDialog(const QString&, QObject* object)
{
    auto* popup = qobject_cast<PalettePopup*>(object);
    return popup == nullptr ? nullptr : new QAccessibleWidget(popup, QAccessible::Dialog);
}

} // namespace

PalettePopup::PalettePopup(QWidget* window)
    : QFrame(window), m_field(new QLineEdit), m_list(new QListView), m_lines(new PaletteLines(this)),
      m_sentence(new QLabel)
{
    static const bool kInstalled = (QAccessible::installFactory(asDialog), true);
    Q_UNUSED(kInstalled)
    build();
    retranslate();
    hide();
    connect(m_field, &QLineEdit::textChanged, this, &PalettePopup::refill);
    connect(m_list, &QListView::clicked, this, &PalettePopup::run);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &PalettePopup::announce);
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, const QWidget* now) {
        if (m_isOpen && now != nullptr && !isAncestorOf(now)) close(false); // the person went elsewhere
    });
}

void PalettePopup::build()
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(6);
    for (QWidget* part :
         {static_cast<QWidget*>(m_field), static_cast<QWidget*>(m_list), static_cast<QWidget*>(m_sentence)})
        layout->addWidget(part);
    setAutoFillBackground(true);
    m_field->setClearButtonEnabled(true);
    m_list->setModel(m_lines);
    m_list->setItemDelegate(new PaletteLinePainter(m_lines));
    m_list->setUniformItemSizes(true);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setFrameShape(NoFrame);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setEditTriggers(QListView::NoEditTriggers);
    m_sentence->setWordWrap(true);
    m_sentence->setTextFormat(Qt::PlainText); // it quotes what was typed
}

void PalettePopup::retranslate()
{
    setAccessibleName(tr("Commands"));
    m_field->setPlaceholderText(tr("Command, view, model, lesson, or a place: 5.3, layer 5, token 7, patch 3,5"));
    m_field->setAccessibleName(tr("Search commands"));
    m_list->setAccessibleName(tr("What was found"));
}

void PalettePopup::setKeys(const QList<QKeySequence>& keys)
{
    m_keys = keys;
}

void PalettePopup::open(const PaletteIndex& entries, const Places& places)
{
    if (!m_isOpen) {
        m_before = window()->focusWidget();
        qApp->installEventFilter(this); // clicks anywhere, keys of the field, the size of the window
    }
    m_isOpen = true;
    m_index = entries;
    m_places = places;
    {
        const QSignalBlocker once(m_field);
        m_field->clear();
    }
    show();
    raise();
    refill();
    m_field->setFocus(Qt::PopupFocusReason);
}

void PalettePopup::close(bool restoresFocus)
{
    if (!m_isOpen) return;
    m_isOpen = false;
    qApp->removeEventFilter(this);
    // Before it is hidden: Qt would hand the focus on to whatever comes next. By keyboard, so that one sees where it
    // is.
    if (restoresFocus && m_before != nullptr && m_before->isVisible()) m_before->setFocus(Qt::ShortcutFocusReason);
    hide();
    m_index = {};
    m_lines->set({});
}

void PalettePopup::refill()
{
    const QString typed = m_field->text();
    const PaletteAnswer answer = m_places(typed);
    QList<PaletteHit> hits;
    for (const PaletteEntry& entry : answer.entries) hits.append({entry, 0, {}, {}, {}});
    for (const PaletteHit& hit : m_index.find(typed)) // a place that was used before is an entry as well
        if (std::ranges::none_of(answer.entries, [&](const PaletteEntry& one) { return one.id == hit.entry.id; }))
            hits.append(hit);
    m_lines->set(hits);
    const bool nothing = hits.isEmpty() && answer.sentence.isEmpty();
    say(nothing ? tr("Nothing is called “%1”.").arg(typed.trimmed()) : answer.sentence);
    choose(0);
}

// Sized after what it holds, as far as the window has room.
void PalettePopup::place()
{
    constexpr int kWidest = 720, kAround = 24, kMostLines = 14;
    constexpr double kMostOfHeight = 0.75;
    const int width = std::min(kWidest, window()->width() - 2 * kAround);
    const QMargins around = layout()->contentsMargins();
    m_sentence->setVisible(!m_sentence->text().isEmpty());
    int rest = around.top() + around.bottom() + m_field->sizeHint().height();
    if (!m_sentence->isHidden())
        rest += m_sentence->heightForWidth(width - around.left() - around.right()) + layout()->spacing();
    const int line = std::max(1, m_list->sizeHintForRow(0));
    const int room = int(kMostOfHeight * window()->height()) - rest - layout()->spacing();
    const int lines = std::min({m_lines->rowCount(), kMostLines, std::max(1, room / line)}); // none is cut
    m_list->setVisible(lines > 0);
    m_list->setFixedHeight(lines * line);
    const int height = rest + (lines > 0 ? m_list->height() + layout()->spacing() : 0);
    constexpr int kFromTop = 10; // a tenth of the window
    setGeometry((window()->width() - width) / 2, std::max(kAround, window()->height() / kFromTop), width, height);
}

bool PalettePopup::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == window() && event->type() == QEvent::Resize) place();
    if (watched == m_field && takesKey(event)) return true;
    if (event->type() == QEvent::MouseButtonPress) {
        auto* pressed = qobject_cast<QWidget*>(watched);
        if (pressed != nullptr && pressed != this && !isAncestorOf(pressed) && pressed->window() == window())
            close(); // and the click does what it does
    }
    return QFrame::eventFilter(watched, event);
}

// No shortcut of the window but those that open and close the palette acts while something is typed.
bool PalettePopup::takesKey(QEvent* event)
{
    if (event->type() != QEvent::ShortcutOverride && event->type() != QEvent::KeyPress) return false;
    const auto* key = static_cast<QKeyEvent*>(event);
    if (event->type() == QEvent::ShortcutOverride) {
        event->setAccepted(!m_keys.contains(QKeySequence(key->keyCombination())));
        return true;
    }
    const bool isPlain = !(key->modifiers() & ~Qt::KeypadModifier) || key->key() == Qt::Key_Backtab;
    return isPlain && press(key->key());
}

bool PalettePopup::press(int key)
{
    const int page = std::max(1, m_list->height() / std::max(1, m_list->sizeHintForRow(0)) - 1);
    switch (key) {
    case Qt::Key_Up: step(-1); break;
    case Qt::Key_Down: step(1); break;
    case Qt::Key_PageUp: step(-page); break;
    case Qt::Key_PageDown: step(page); break;
    case Qt::Key_Home: step(-m_lines->rowCount()); break;
    case Qt::Key_End: step(m_lines->rowCount()); break;
    case Qt::Key_Return:
    case Qt::Key_Enter: run(); break;
    case Qt::Key_Escape: close(); break;
    case Qt::Key_Tab:
    case Qt::Key_Backtab: break; // there is nothing else to go to
    default: return false;
    }
    return true;
}

int PalettePopup::row() const
{
    return m_list->currentIndex().row();
}

void PalettePopup::step(int lines)
{
    choose(row() + lines);
}

// The nearest line there is: at either end one stays.
void PalettePopup::choose(int row)
{
    if (m_lines->rowCount() == 0) return announce();
    const QModelIndex index = m_lines->index(std::clamp(row, 0, m_lines->rowCount() - 1));
    m_list->setCurrentIndex(index);
    m_list->scrollTo(index);
}

void PalettePopup::run()
{
    if (row() < 0) return;
    const PaletteEntry entry = m_lines->at(row()).entry;
    if (!entry.isEnabled)
        return say(entry.refusal.isEmpty() ? tr("“%1” is not possible now.").arg(entry.name) : entry.refusal);
    close();
    Q_EMIT chosen(entry);
}

QString PalettePopup::sentence() const
{
    return m_sentence->text();
}

void PalettePopup::say(const QString& sentence)
{
    m_sentence->setText(sentence);
    place();
    announce();
}

// Screen readers hear the chosen line while the focus stays in the field.
void PalettePopup::announce()
{
    const QString line =
        row() < 0
            ? QString()
            : tr("%1; %2 of %3").arg(m_list->currentIndex().data().toString()).arg(row() + 1).arg(m_lines->rowCount());
    QStringList parts{m_sentence->text(), line};
    parts.removeAll(QString());
    m_field->setAccessibleDescription(parts.join(QLatin1Char(' ')));
    if (!QAccessible::isActive()) return;
    QAccessibleEvent changed(m_field, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&changed);
}

void PalettePopup::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) retranslate();
    QFrame::changeEvent(event);
}

// A line of its own: on a dark window the usual frame cannot be seen.
void PalettePopup::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setPen(palette().color(QPalette::PlaceholderText));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

} // namespace headlens
