// SPDX-License-Identifier: GPL-3.0-or-later
// The pictures that were opened in this session, as thumbnails to go back to.
#pragma once

#include <QByteArray>
#include <QListWidget>

namespace headlens {

class Filmstrip : public QListWidget {
    Q_OBJECT
public:
    explicit Filmstrip(QWidget* parent = nullptr);

    // Adds a picture (or finds it again by its bytes) and makes it current. The thumbnail comes from setThumbnail.
    void addPicture(const QByteArray& file, const QString& name);
    // For the current picture, once the engine has decoded it; the window never decodes untrusted files.
    void setThumbnail(const QImage& image);
    void removeCurrent(); // a picture that could not be opened
    QSize sizeHint() const override { return {400, 92}; }

Q_SIGNALS:
    void chosen(const QByteArray& file, const QString& name);

protected:
    void changeEvent(QEvent* event) override;
};

} // namespace headlens
