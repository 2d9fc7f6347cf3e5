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

    static constexpr int kThumbnail = 56; // pixels of the longer side

    // Adds a picture and makes it current; false when it is there already (found by its bytes).
    bool addPicture(const QByteArray& file, const QString& name);
    // Once the engine has decoded it; the window never decodes untrusted files.
    void setThumbnail(const QByteArray& file, const QImage& image);
    void remove(const QByteArray& file); // a picture that could not be opened
    void select(const QByteArray& file);
    QByteArray current() const;
    QSize sizeHint() const override { return {400, 92}; }

Q_SIGNALS:
    void chosen(const QByteArray& file, const QString& name);

protected:
    void changeEvent(QEvent* event) override;

private:
    QListWidgetItem* find(const QByteArray& file) const;
};

} // namespace headlens
