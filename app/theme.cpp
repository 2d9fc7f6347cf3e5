// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/theme.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QPainter>
#include <QPalette>
#include <QProxyStyle>
#include <QStyleFactory>
#include <QStyleOption>

namespace headlens {
namespace {

const QString kService = QStringLiteral("org.freedesktop.portal.Desktop"),
              kPath = QStringLiteral("/org/freedesktop/portal/desktop"),
              kInterface = QStringLiteral("org.freedesktop.portal.Settings"),
              kGroup = QStringLiteral("org.freedesktop.appearance"), kKey = QStringLiteral("color-scheme");

QPalette darkPalette()
{
    QPalette p(QColor(45, 46, 50), QColor(37, 38, 42));
    p.setColor(QPalette::Base, QColor(28, 29, 32));
    p.setColor(QPalette::AlternateBase, QColor(36, 37, 41));
    p.setColor(QPalette::Highlight, QColor(70, 130, 200));
    p.setColor(QPalette::HighlightedText, Qt::white);
    p.setColor(QPalette::Link, QColor(110, 170, 240));
    p.setColor(QPalette::ToolTipBase, QColor(62, 64, 70));
    p.setColor(QPalette::PlaceholderText, QColor(165, 167, 172));
    for (const QPalette::ColorRole role :
         {QPalette::Text, QPalette::WindowText, QPalette::ButtonText, QPalette::ToolTipText}) {
        p.setColor(role, QColor(232, 233, 236));
        p.setColor(QPalette::Disabled, role, QColor(130, 132, 138));
    }
    return p;
}

QPalette lightPalette()
{
    QPalette p(QColor(240, 240, 242), QColor(246, 246, 248));
    p.setColor(QPalette::Base, Qt::white);
    p.setColor(QPalette::AlternateBase, QColor(244, 245, 247));
    p.setColor(QPalette::Highlight, QColor(48, 110, 190));
    p.setColor(QPalette::HighlightedText, Qt::white);
    p.setColor(QPalette::ToolTipBase, QColor(255, 250, 225));
    p.setColor(QPalette::PlaceholderText, QColor(100, 102, 108));
    for (const QPalette::ColorRole role :
         {QPalette::Text, QPalette::WindowText, QPalette::ButtonText, QPalette::ToolTipText}) {
        p.setColor(role, QColor(28, 29, 32));
        p.setColor(QPalette::Disabled, role, QColor(140, 142, 148));
    }
    return p;
}

// Fusion frames boxes darker than the ground: on a dark one an unticked box cannot be seen.
class VisibleBoxes : public QProxyStyle {
public:
    VisibleBoxes() : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))) {}
    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override
    {
        QProxyStyle::drawPrimitive(element, option, painter, widget);
        if (element != PE_IndicatorCheckBox && element != PE_IndicatorItemViewItemCheck) return;
        painter->save();
        painter->setBrush(Qt::NoBrush);
        painter->setPen(option->palette.color(QPalette::PlaceholderText));
        painter->drawRect(QRectF(option->rect).adjusted(0.5, 0.5, -1.5, -1.5));
        painter->restore();
    }
};

} // namespace

Theme::Theme(QObject* parent)
    : QObject(parent), m_platformIsDark(QApplication::palette().color(QPalette::Window).lightness() < 128)
{
    QApplication::setStyle(new VisibleBoxes);
    QDBusConnection::sessionBus().connect(kService, kPath, kInterface, QStringLiteral("SettingChanged"), this,
                                          SLOT(onPortalSetting(QString, QString, QDBusVariant)));
}

void Theme::apply(const QString& wish)
{
    m_wish = wish;
    setDark(wish == QLatin1String("dark") || (wish == QLatin1String("system") && m_platformIsDark));
    if (wish == QLatin1String("system")) askPortal();
}

void Theme::setDark(bool dark)
{
    QApplication::setPalette(dark ? darkPalette() : lightPalette());
}

// Not waited for: without a session bus the platform's own palette decides, and the window is up at once.
void Theme::askPortal()
{
    if (!QDBusConnection::sessionBus().isConnected()) return;
    QDBusMessage call = QDBusMessage::createMethodCall(kService, kPath, kInterface, QStringLiteral("Read"));
    call << kGroup << kKey;
    auto* watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call, 2000), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        if (!reply.isError()) onPortalSetting(kGroup, kKey, reply.value());
        watcher->deleteLater();
    });
}

void Theme::onPortalSetting(const QString& group, const QString& key, const QDBusVariant& value)
{
    if (group != kGroup || key != kKey || m_wish != QLatin1String("system")) return;
    QVariant inner = value.variant();
    if (inner.canConvert<QDBusVariant>()) inner = inner.value<QDBusVariant>().variant(); // Read wraps twice
    constexpr uint kNoPreference = 0, kDark = 1;
    if (inner.toUInt() != kNoPreference) setDark(inner.toUInt() == kDark);
}

} // namespace headlens
